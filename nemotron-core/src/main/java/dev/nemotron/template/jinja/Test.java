package dev.nemotron.template.jinja;

/** A test: {@code input is name(arguments)}. */
@FunctionalInterface
interface Test {

    /** Decides it. */
    boolean test(Value input, Arguments arguments);
}
