package dev.nemotron.template.jinja;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/** The functions that every template can call. */
final class Globals {

    /** By name. */
    static final Map<String, Value> ALL = Map.of(
            "range", new Function("range", (rendering, arguments) -> rendering.charged(range(arguments))),
            "dict", new Function("dict", (rendering, arguments) -> DictValue.from(arguments)),
            "namespace", new Function("namespace", (rendering, arguments) -> Namespace.from(arguments)),
            "cycler", new Function("cycler", (rendering, arguments) -> cycler(arguments)),
            "joiner", new Function("joiner", (rendering, arguments) -> joiner(arguments)),
            "raise_exception", new Function("raise_exception", (rendering, arguments) -> raise(arguments)),
            "strftime_now", new Function("strftime_now", Globals::strftime));

    private Globals() {}

    private static Value range(Arguments arguments) {
        long first = arguments.requiredInteger("start");
        Value second = arguments.nextPositional();
        int step = arguments.integer("step", 1);
        arguments.end();
        if (second == null) {
            return RangeValue.of(0, first, 1);
        }
        long stop = new Arguments("range", List.of(second), Map.of()).requiredInteger("stop");
        return RangeValue.of(first, stop, step);
    }

    private static Value cycler(Arguments arguments) {
        Cycler cycler = new Cycler(List.copyOf(arguments.remainingPositional()));
        return arguments.end(cycler);
    }

    private static Value joiner(Arguments arguments) {
        Value separator = arguments.optional("sep", Text.trusted(", "));
        arguments.end();
        AtomicBoolean used = new AtomicBoolean();
        return new Function("joiner", (rendering, none) -> none.end(used.getAndSet(true) ? separator : Text.EMPTY));
    }

    private static Value raise(Arguments arguments) {
        Value message = arguments.required("message");
        arguments.end();
        throw new TemplateFault(message.text().chars());
    }

    private static Value strftime(Rendering rendering, Arguments arguments) {
        String format = arguments.end(arguments.requiredText("format")).chars();
        return Text.trusted(Strftime.format(format, rendering.clock));
    }
}
