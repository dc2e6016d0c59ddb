package dev.nemotron.schema;

import dev.nemotron.Description;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.util.Calendar;
import java.util.Collection;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds the shapes of Java types. One finder gives the same record the same shape. For one thread. */
final class Shapes {

    private final Map<Class<?>, Shape> named = new HashMap<>();

    /**
     * The shape of a type that is used somewhere.
     *
     * @param type the type with its annotations
     * @param element what has the type, for its own annotations
     * @param where where it is used, for messages
     * @throws IllegalArgumentException if the type is not understood
     */
    Shape of(AnnotatedType type, AnnotatedElement element, String where) {
        Shape shape = of(type.getType(), where);
        if (!isNullable(type) && !isNullable(element)) {
            return shape;
        }
        if (type.getType() instanceof Class<?> primitive && primitive.isPrimitive()) {
            throw refused(primitive, where, "a primitive type is never null; use its wrapper class");
        }
        return shape instanceof NullableShape ? shape : new NullableShape(shape, false);
    }

    private static boolean isNullable(AnnotatedElement element) {
        for (Annotation annotation : element.getAnnotations()) {
            if (annotation.annotationType().getSimpleName().equals("Nullable")) {
                return true;
            }
        }
        return false;
    }

    /** The text for the model that something is annotated with, or null. */
    static @Nullable String description(AnnotatedElement element) {
        Description description = element.getAnnotation(Description.class);
        return description == null ? null : description.value();
    }

    /** The shape of a type. */
    Shape of(Type type, String where) {
        return switch (type) {
            case Class<?> plain -> ofClass(plain, where);
            case ParameterizedType generic -> ofGeneric(generic, where);
            case WildcardType wildcard -> of(wildcard.getUpperBounds()[0], where);
            case GenericArrayType array -> {
                Shape item = of(array.getGenericComponentType(), where);
                yield SequenceShape.array(item, rawClass(array.getGenericComponentType(), where));
            }
            default -> throw refused(type, where, "a type variable stands for no type; use the type itself");
        };
    }

    private static Class<?> rawClass(Type type, String where) {
        return switch (type) {
            case Class<?> plain -> plain;
            case ParameterizedType generic -> rawClass(generic.getRawType(), where);
            case GenericArrayType array ->
                rawClass(array.getGenericComponentType(), where).arrayType();
            default -> throw refused(type, where, "a type variable stands for no type; use the type itself");
        };
    }

    private Shape ofGeneric(ParameterizedType type, String where) {
        Type[] arguments = type.getActualTypeArguments();
        Type raw = type.getRawType();
        if (raw == List.class || raw == Collection.class) {
            return SequenceShape.list(of(arguments[0], where));
        }
        if (raw == Set.class) {
            return SequenceShape.set(of(arguments[0], where));
        }
        if (raw == Optional.class) {
            return new NullableShape(of(arguments[0], where), true);
        }
        if (raw == Map.class) {
            if (arguments[0] != String.class) {
                throw refused(type, where, "keys of JSON objects are strings; use Map<String, ...>");
            }
            return new MapShape(of(arguments[1], where));
        }
        throw refused(type, where, "use List, Set, Map<String, ...>, Optional or a record without type parameters");
    }

    private Shape ofClass(Class<?> type, String where) {
        Shape scalar = Scalars.of(type);
        if (scalar != null) {
            return scalar;
        }
        if (type == Object.class) {
            return new AnyShape();
        }
        if (type.isArray()) {
            return SequenceShape.array(of(type.getComponentType(), where), type.getComponentType());
        }
        if (type.isEnum()) {
            return EnumShape.of(type);
        }
        if (type.isRecord()) {
            return record(type, where);
        }
        if (type.isInterface() && type.isSealed()) {
            return union(type, where);
        }
        throw refused(type, where, cure(type));
    }

    /** The shape of a record. */
    RecordShape record(Class<?> type, String where) {
        if (type.getTypeParameters().length > 0) {
            throw refused(type, where, "use a record without type parameters");
        }
        if (named.get(type) instanceof RecordShape known) {
            return known;
        }
        RecordShape shape = new RecordShape(type, this);
        named.put(type, shape);
        return shape;
    }

    private Shape union(Class<?> type, String where) {
        if (named.get(type) instanceof UnionShape known) {
            return known;
        }
        UnionShape shape = new UnionShape(type);
        named.put(type, shape);
        shape.resolve(this, where);
        return shape;
    }

    private static String cure(Class<?> type) {
        if (type == Date.class || type == Calendar.class) {
            return "use java.time.Instant";
        }
        if (type == OptionalInt.class || type == OptionalLong.class || type == OptionalDouble.class) {
            return "use Optional of the number's class";
        }
        if (type == char.class || type == Character.class || CharSequence.class.isAssignableFrom(type)) {
            return "use String";
        }
        if (Collection.class.isAssignableFrom(type) || Map.class.isAssignableFrom(type) || type == Optional.class) {
            return "use List<...>, Set<...>, Map<String, ...> or Optional<...> with the types of what is in it";
        }
        return type.isInterface() ? "seal the interface and permit records only" : "use a record";
    }

    static IllegalArgumentException refused(Type type, String where, String cure) {
        String name = type.getTypeName();
        return new IllegalArgumentException(
                (where.equals(name) ? "" : where + ": ") + "the type " + name + " has no form in JSON; " + cure);
    }
}
