package dev.nemotron.template.jinja;

import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * A value of the template language, with the behaviour of the Python object it stands for. The set is closed: a template
 * can reach nothing else. Values are immutable except {@link Namespace}, {@link Generator}, {@link Loop} and
 * {@link Cycler}. {@code equals} is Python's {@code ==}.
 */
sealed interface Value
        permits Undefined,
                NoneValue,
                NumberValue,
                Text,
                SequenceValue,
                DictValue,
                DictView,
                Generator,
                Namespace,
                Function,
                Macro,
                Loop,
                Cycler {

    /** Python's name of the type, as its messages print it. */
    String type();

    /** Python's {@code bool()}. */
    boolean truthy();

    /** Appends Python's {@code repr()}. */
    void repr(TextBuilder out);

    /** Python's {@code str()}. */
    default Text text() {
        TextBuilder out = new TextBuilder();
        repr(out);
        return out.build();
    }

    /** How deep containers nest in this one. */
    default int depth() {
        return 0;
    }

    /** How many values this one holds, nested ones counted each time they occur. */
    default long weight() {
        return 1;
    }

    /** Whether it may be a key; throws otherwise. */
    default void requireHashable() {}

    /** Python's {@code iter()}. */
    default Iterator<Value> iterator() {
        throw new TemplateFault("'" + type() + "' object is not iterable");
    }

    /** Python's {@code len()}. */
    default int length() {
        throw new TemplateFault("object of type '" + type() + "' has no len()");
    }

    /** Python's {@code value in this}. */
    default boolean contains(Value value) {
        for (Iterator<Value> items = iterator(); items.hasNext(); ) {
            if (items.next().equals(value)) {
                return true;
            }
        }
        return false;
    }

    /** The attribute of that name (a method or a property), or null where Python would raise AttributeError. */
    default @Nullable Value member(String name) {
        return null;
    }

    /** {@code this[key]}, or null where Python would raise LookupError or TypeError. */
    default @Nullable Value item(Value key) {
        return null;
    }

    /** {@code this[from:to:step]}, each bound null where it is left out. */
    default Value slice(Slice slice) {
        throw new TemplateFault("'" + type() + "' object is not subscriptable");
    }

    /** {@code this(...)}. */
    default Value call(Rendering rendering, Arguments arguments) {
        throw new TemplateFault("'" + type() + "' object is not callable");
    }

    /** {@code this.name}: the attribute, else the item, else undefined. */
    default Value attribute(String name) {
        Value member = name.startsWith("__") ? null : member(name);
        if (member == null) {
            member = item(Text.trusted(name));
        }
        return member == null ? Undefined.missing(this, name) : member;
    }

    /** {@code this[key]}: the item, else the attribute, else undefined. */
    default Value subscript(Value key) {
        Value item = item(key);
        if (item == null && key instanceof Text name && !name.chars().startsWith("__")) {
            item = member(name.chars());
        }
        return item == null ? Undefined.missing(this, key) : item;
    }
}
