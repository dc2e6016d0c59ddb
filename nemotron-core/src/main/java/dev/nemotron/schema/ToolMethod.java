package dev.nemotron.schema;

import dev.nemotron.Description;
import dev.nemotron.ModelFormatException;
import dev.nemotron.Tool;
import dev.nemotron.json.Json;
import dev.nemotron.schema.Members.Member;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A Java method as a tool: its name, its {@link Description} and its parameters are what the model is told, and a call of the
 * model becomes a call of the method. Parameters may have the types that {@link JsonSchemas} understands; those that are an
 * {@code Optional} or annotated with any {@code Nullable} may be left out of a call. As thread-safe as the method.
 */
public final class ToolMethod {

    private final @Nullable Object target;
    private final Method method;
    private final Members parameters;
    private final Tool tool;

    private ToolMethod(@Nullable Object target, Method method) {
        this.target = target;
        this.method = method;
        this.parameters = parameters(method);
        Map<String, Object> schema = new SchemaWriter(false).write(parameters);
        this.tool = new Tool(method.getName(), Shapes.description(method), schema, false);
    }

    /**
     * Makes a tool of a method.
     *
     * @param target the object to call it on, null for a static method
     * @param method the method, of the object's class or of one above it
     * @return the tool
     * @throws IllegalArgumentException if the object does not have the method, the method is closed to this library, its name
     *     is none for a tool, a parameter has a type that is not understood, or the class was compiled without the names of
     *     parameters
     */
    public static ToolMethod of(@Nullable Object target, Method method) {
        boolean isStatic = Modifier.isStatic(method.getModifiers());
        if (!isStatic && !method.getDeclaringClass().isInstance(target)) {
            throw new IllegalArgumentException("the method " + method + " needs an object of its class, found "
                    + (target == null ? "null" : target.getClass().getTypeName()));
        }
        Object receiver = isStatic ? null : target;
        Access.require(method, receiver, method.getDeclaringClass());
        return new ToolMethod(receiver, method);
    }

    /**
     * Makes a tool of each method that has a {@link Description}, in the order of their names.
     *
     * @param target the object to call them on
     * @return the tools
     * @throws IllegalArgumentException if there is no such method, two of them have the same name, or one of them is none for
     *     {@link #of}
     */
    public static List<ToolMethod> allOf(Object target) {
        Map<String, Method> found = new LinkedHashMap<>();
        for (Class<?> type : family(target.getClass())) {
            for (Method method : type.getDeclaredMethods()) {
                if (method.isAnnotationPresent(Description.class) && !method.isBridge()) {
                    Method other = found.putIfAbsent(method.getName(), method);
                    if (other != null && !sameParameters(other, method)) {
                        throw new IllegalArgumentException("two tools have the name \"" + method.getName() + "\": "
                                + other + " and " + method + "; rename one of them");
                    }
                }
            }
        }
        if (found.isEmpty()) {
            throw new IllegalArgumentException(target.getClass().getTypeName()
                    + " has no method with @Description; annotate those that are tools");
        }
        return found.values().stream()
                .sorted(Comparator.comparing(Method::getName))
                .map(method -> of(target, method))
                .toList();
    }

    private static boolean sameParameters(Method one, Method other) {
        return List.of(one.getParameterTypes()).equals(List.of(other.getParameterTypes()));
    }

    private static Set<Class<?>> family(Class<?> type) {
        Set<Class<?>> family = new LinkedHashSet<>();
        for (Class<?> above = type; above != null; above = above.getSuperclass()) {
            family.add(above);
        }
        for (Class<?> above : List.copyOf(family)) {
            for (Class<?> declared : above.getInterfaces()) {
                family.addAll(family(declared));
            }
        }
        return family;
    }

    private static Members parameters(Method method) {
        Shapes shapes = new Shapes();
        List<Member> members = new ArrayList<>();
        for (Parameter parameter : method.getParameters()) {
            if (!parameter.isNamePresent()) {
                throw new IllegalArgumentException("the names of the parameters of " + method
                        + " are not in its class file; compile it with the option -parameters");
            }
            String where = "the parameter " + parameter.getName() + " of " + method.getName();
            Shape shape = shapes.of(parameter.getAnnotatedType(), parameter, where);
            members.add(new Member(parameter.getName(), shape, Shapes.description(parameter)));
        }
        return new Members(members);
    }

    /**
     * What the model is told.
     *
     * @return the declaration
     */
    public Tool tool() {
        return tool;
    }

    /**
     * Calls the method.
     *
     * @param argumentsJson the arguments of a call, a JSON object; empty text counts as one without properties
     * @return the result as JSON, {@code null} for a method that returns nothing
     * @throws JsonMismatchException if the arguments are not after the schema; the message is made for the model to read
     * @throws IllegalArgumentException if JSON has no form for the result
     * @throws Exception whatever the method throws
     */
    public String call(String argumentsJson) throws Exception {
        Object json;
        try {
            json = argumentsJson.isBlank() ? Map.of() : Json.parse(argumentsJson, "arguments");
        } catch (ModelFormatException e) {
            throw new JsonMismatchException(String.valueOf(e.getMessage()), e);
        }
        @Nullable Object[] values = parameters.read(json, false, "arguments");
        try {
            return JsonText.of(method.invoke(target, values));
        } catch (InvocationTargetException e) {
            switch (e.getCause()) {
                case Exception thrown -> throw thrown;
                case Error thrown -> throw thrown;
                case null, default -> throw e;
            }
        }
    }
}
