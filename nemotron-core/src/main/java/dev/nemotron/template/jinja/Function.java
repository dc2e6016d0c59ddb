package dev.nemotron.template.jinja;

/**
 * A built-in function or a method bound to its value.
 *
 * @param name its name, for messages
 * @param body what it does
 */
record Function(String name, Body body) implements Value {

    /** The body of a function. */
    @FunctionalInterface
    interface Body {
        /** Runs it. */
        Value call(Rendering rendering, Arguments arguments);
    }

    @Override
    public String type() {
        return "builtin_function_or_method";
    }

    @Override
    public boolean truthy() {
        return true;
    }

    @Override
    public Value call(Rendering rendering, Arguments arguments) {
        return body.call(rendering, arguments);
    }

    @Override
    public void repr(TextBuilder out) {
        out.append("<built-in method " + name + ">");
    }
}
