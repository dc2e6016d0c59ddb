package dev.nemotron.template.jinja;

/** A filter: {@code input | name(arguments)}. */
@FunctionalInterface
interface Filter {

    /** Applies it. */
    Value apply(Rendering rendering, Value input, Arguments arguments);
}
