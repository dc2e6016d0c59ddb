package dev.nemotron.schema;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How values of one Java type look in JSON. */
sealed interface Shape
        permits AnyShape, ScalarShape, EnumShape, SequenceShape, MapShape, NullableShape, RecordShape, UnionShape {

    /** The schema, with what it is made of written by the writer. */
    Map<String, Object> schema(SchemaWriter writer);

    /** Reads JSON as a value of the type. */
    @Nullable
    Object read(@Nullable Object json, String path);

    /** The shapes that this one is made of. */
    default List<Shape> parts() {
        return List.of();
    }

    /** The name of a definition for this shape, or null where it is written out wherever it occurs. */
    default @Nullable String name() {
        return null;
    }
}
