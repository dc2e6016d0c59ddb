package dev.nemotron.output;

import dev.nemotron.ModelFormatException;
import dev.nemotron.json.Json;
import java.util.Map;
import java.util.function.BiConsumer;

/** Compares the arguments of a call with what its tool declares: what is there, and of what type. */
final class ArgumentsCheck {

    private ArgumentsCheck() {}

    /**
     * Checks arguments.
     *
     * @param arguments a JSON object
     * @param parameters what the tool declares
     * @param notes takes what is wrong
     */
    static void check(
            String arguments, DeclaredTools.Parameters parameters, BiConsumer<Diagnostic.Kind, String> notes) {
        Map<?, ?> values;
        try {
            values = (Map<?, ?>) Json.parse(arguments, "arguments");
        } catch (ModelFormatException e) {
            notes.accept(Diagnostic.Kind.REPEATED_PARAMETER, String.valueOf(e.getMessage()));
            return;
        }
        if (values == null) {
            return;
        }
        for (String name : parameters.required()) {
            if (!values.containsKey(name)) {
                notes.accept(Diagnostic.Kind.MISSING_PARAMETER, "the required parameter \"" + name + "\" is missing");
            }
        }
        parameters.types().forEach((name, type) -> {
            if (values.containsKey(name) && !type.admits(values.get(name))) {
                notes.accept(
                        Diagnostic.Kind.MISTYPED_VALUE,
                        "the parameter \"" + name + "\" must be " + type.description() + ", found "
                                + Json.describe(values.get(name)));
            }
        });
    }
}
