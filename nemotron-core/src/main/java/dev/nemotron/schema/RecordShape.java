package dev.nemotron.schema;

import dev.nemotron.schema.Members.Member;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A record as an object. Its members are found when they are first asked for, since it may contain itself. */
final class RecordShape implements Shape {

    private final Class<?> type;
    private final Shapes shapes;
    private @Nullable Members members;

    RecordShape(Class<?> type, Shapes shapes) {
        this.type = type;
        this.shapes = shapes;
    }

    Class<?> type() {
        return type;
    }

    Members members() {
        Members found = members;
        if (found == null) {
            List<Member> list = new ArrayList<>();
            for (RecordComponent component : type.getRecordComponents()) {
                String where = "the component " + component.getName() + " of " + type.getTypeName();
                Shape shape = shapes.of(component.getAnnotatedType(), component, where);
                list.add(new Member(component.getName(), shape, Shapes.description(component)));
            }
            found = new Members(list);
            members = found;
        }
        return found;
    }

    @Override
    public Map<String, Object> schema(SchemaWriter writer) {
        return schema(null, writer);
    }

    Map<String, Object> schema(@Nullable String tag, SchemaWriter writer) {
        return members().schema(tag, Shapes.description(type), writer);
    }

    @Override
    public Object read(@Nullable Object json, String path) {
        boolean tagged = UnionShape.isVariant(type);
        @Nullable Object[] values = members().read(json, tagged, path);
        try {
            return constructor().newInstance(values);
        } catch (InvocationTargetException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new JsonMismatchException(
                    path + ": " + type.getSimpleName() + " refuses its values: " + cause.getMessage(), cause);
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException(type.getTypeName() + " cannot be made: " + e, e);
        }
    }

    private Constructor<?> constructor() throws NoSuchMethodException {
        Class<?>[] types = Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getType)
                .toArray(Class<?>[]::new);
        Constructor<?> constructor = type.getDeclaredConstructor(types);
        Access.require(constructor, null, type);
        return constructor;
    }

    @Override
    public List<Shape> parts() {
        return members().list().stream().map(Member::shape).toList();
    }

    @Override
    public String name() {
        return type.getSimpleName();
    }
}
