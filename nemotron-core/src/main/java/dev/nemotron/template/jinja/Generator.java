package dev.nemotron.template.jinja;

import java.util.Iterator;

/** Items that are made while they are read, once: what {@code map}, {@code select} and their kin give. */
final class Generator implements Value {

    private final Iterator<Value> items;
    private final int depth;

    /**
     * A generator.
     *
     * @param items the items
     * @param source what they are made from
     */
    Generator(Iterator<Value> items, Value source) {
        this.items = items;
        this.depth = Containers.nested(source.depth());
    }

    @Override
    public String type() {
        return "generator";
    }

    @Override
    public boolean truthy() {
        return true;
    }

    @Override
    public int depth() {
        return depth;
    }

    @Override
    public Iterator<Value> iterator() {
        return items;
    }

    @Override
    public void repr(TextBuilder out) {
        out.append("<generator object>");
    }
}
