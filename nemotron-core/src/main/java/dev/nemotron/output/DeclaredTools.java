package dev.nemotron.output;

import dev.nemotron.Tool;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The tools of a request by name, with the types that their schemas give their parameters. */
final class DeclaredTools {

    /**
     * The parameters of a tool.
     *
     * @param types their types by name
     * @param required the names of those that a call must have
     */
    record Parameters(Map<String, ParameterType> types, List<String> required) {

        static final Parameters NONE = new Parameters(Map.of(), List.of());

        private static Parameters of(Map<String, ? extends @Nullable Object> schema) {
            Map<String, ParameterType> types = new LinkedHashMap<>();
            if (schema.get("properties") instanceof Map<?, ?> properties) {
                properties.forEach(
                        (name, property) -> types.put(String.valueOf(name), ParameterType.of(property, schema)));
            }
            List<String> required = schema.get("required") instanceof List<?> names
                    ? names.stream().map(String::valueOf).toList()
                    : List.of();
            return new Parameters(types, required);
        }
    }

    private final Map<String, Tool> tools = new LinkedHashMap<>();
    private final Map<String, Parameters> parameters = new HashMap<>();

    DeclaredTools(List<Tool> declared) {
        declared.forEach(tool -> tools.putIfAbsent(tool.name(), tool));
    }

    boolean knows(String name) {
        return tools.containsKey(name);
    }

    Set<String> names() {
        return tools.keySet();
    }

    /** The parameters of a tool, none for one that was not declared. */
    Parameters parameters(String tool) {
        Tool declared = tools.get(tool);
        return declared == null
                ? Parameters.NONE
                : parameters.computeIfAbsent(tool, name -> Parameters.of(declared.parameters()));
    }
}
