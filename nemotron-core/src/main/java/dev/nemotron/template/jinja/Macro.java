package dev.nemotron.template.jinja;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A macro, or the body of a call block, bound to the scope that it was defined in. */
final class Macro implements Value {

    /**
     * What is known of a macro when a template is compiled.
     *
     * @param name its name
     * @param parameters the names of its parameters
     * @param defaults the values of the last of them
     * @param body what it renders
     * @param reads the names that its body reads, among them maybe the special ones
     * @param nesting how deep its body nests
     */
    record Signature(
            String name,
            List<String> parameters,
            List<Expression> defaults,
            Statement.Block body,
            Set<String> reads,
            int nesting) {

        private @Nullable Expression byDefault(int parameter) {
            int index = parameter - (parameters.size() - defaults.size());
            return index < 0 ? null : defaults.get(index);
        }

        private boolean takes(String special) {
            return reads.contains(special) && !parameters.contains(special);
        }
    }

    private static final int LEVELS_PER_CALL = 5;

    private final Signature signature;
    private final Frame defined;

    Macro(Signature signature, Frame defined) {
        this.signature = signature;
        this.defined = defined;
    }

    @Override
    public String type() {
        return "Macro";
    }

    @Override
    public boolean truthy() {
        return true;
    }

    @Override
    public void repr(TextBuilder out) {
        out.append("<Macro '" + signature.name + "'>");
    }

    @Override
    public @Nullable Value member(String name) {
        return switch (name) {
            case "name" -> Text.trusted(signature.name);
            case "arguments" ->
                ListValue.tuple(signature.parameters.stream().map(Text::trusted).toList());
            case "caller" -> BoolValue.of(signature.reads.contains("caller"));
            case "catch_kwargs" -> BoolValue.of(signature.takes("kwargs"));
            case "catch_varargs" -> BoolValue.of(signature.takes("varargs"));
            default -> null;
        };
    }

    @Override
    public Value call(Rendering rendering, Arguments arguments) {
        Frame frame = defined.capturing();
        bind(frame, arguments);
        int levels = signature.nesting + LEVELS_PER_CALL;
        rendering.enter(levels);
        signature.body.execute(frame);
        rendering.leave(levels);
        return frame.out().build();
    }

    private void bind(Frame frame, Arguments arguments) {
        Scope scope = frame.scope();
        List<String> parameters = signature.parameters;
        @Nullable Value[] given = new Value[parameters.size()];
        for (int i = 0; i < given.length; i++) {
            given[i] = arguments.optional(parameters.get(i));
        }
        if (signature.takes("caller")) {
            Value caller = arguments.named("caller");
            scope.set("caller", caller == null ? Undefined.because("No caller defined") : caller);
        }
        if (signature.takes("kwargs")) {
            scope.set("kwargs", keywords(arguments.remainingNamed()));
        }
        if (signature.takes("varargs")) {
            scope.set("varargs", ListValue.tuple(arguments.remainingPositional()));
        }
        arguments.end();
        for (int i = 0; i < given.length; i++) {
            Expression byDefault = signature.byDefault(i);
            Value value = given[i];
            if (value == null) {
                value = byDefault == null
                        ? Undefined.because("parameter '" + parameters.get(i) + "' was not provided")
                        : byDefault.evaluate(frame);
            }
            scope.set(parameters.get(i), value);
        }
    }

    private static DictValue keywords(Map<String, Value> named) {
        Map<Value, Value> entries = new LinkedHashMap<>();
        named.forEach((name, value) -> entries.put(Text.trusted(name), value));
        return DictValue.of(entries);
    }
}
