package dev.nemotron.template.jinja;

import java.util.Collections;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * What a missing variable, attribute or item evaluates to: it prints as nothing, is false and empty, and every further
 * use of it is an error with the message that it carries.
 */
final class Undefined implements Value {

    private final String message;

    private Undefined(String message) {
        this.message = message;
    }

    static Undefined variable(String name) {
        return new Undefined("'" + name + "' is undefined");
    }

    static Undefined because(String message) {
        return new Undefined(message);
    }

    /** Methods that change a value in place exist, but the sandbox hands them out only as something unusable. */
    static Undefined unsafe(String type, String name) {
        return new Undefined("access to attribute '" + name + "' of '" + type + "' object is unsafe");
    }

    static Undefined missing(Value owner, String name) {
        return new Undefined(describe(owner) + " has no attribute '" + name + "'");
    }

    static Undefined missing(Value owner, Value key) {
        if (key instanceof Text name) {
            return missing(owner, name.chars());
        }
        return new Undefined(describe(owner) + " has no element " + key.text().chars());
    }

    private static String describe(Value owner) {
        return owner == NoneValue.NONE ? "None" : "'" + owner.type() + " object'";
    }

    /** The error of using it. */
    TemplateFault fault() {
        return new TemplateFault(message);
    }

    @Override
    public String type() {
        return "Undefined";
    }

    @Override
    public boolean truthy() {
        return false;
    }

    @Override
    public void repr(TextBuilder out) {
        out.append("Undefined");
    }

    @Override
    public Text text() {
        return Text.EMPTY;
    }

    @Override
    public Iterator<Value> iterator() {
        return Collections.emptyIterator();
    }

    @Override
    public int length() {
        return 0;
    }

    @Override
    public Value attribute(String name) {
        throw fault();
    }

    @Override
    public Value subscript(Value key) {
        throw fault();
    }

    @Override
    public Value slice(Slice slice) {
        throw fault();
    }

    @Override
    public Value call(Rendering rendering, Arguments arguments) {
        throw fault();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Undefined;
    }

    @Override
    public int hashCode() {
        return 0;
    }
}
