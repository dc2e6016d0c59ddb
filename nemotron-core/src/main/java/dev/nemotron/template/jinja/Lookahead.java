package dev.nemotron.template.jinja;

import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** An iterator that has to find its next item before it knows that there is one, and does so only when asked. */
abstract class Lookahead implements Iterator<Value> {

    private @Nullable Value next;

    /** The next item, or null at the end. */
    abstract @Nullable Value find();

    @Override
    public final boolean hasNext() {
        if (next == null) {
            next = find();
        }
        return next != null;
    }

    @Override
    public final Value next() {
        Value item = next == null ? find() : next;
        if (item == null) {
            throw new NoSuchElementException();
        }
        next = null;
        return item;
    }
}
