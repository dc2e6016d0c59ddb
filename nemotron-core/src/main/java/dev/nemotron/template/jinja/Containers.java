package dev.nemotron.template.jinja;

import java.util.Collection;
import java.util.Iterator;

/** What all containers share: sizes that are known, and so limited, when a container is made. */
final class Containers {

    private Containers() {}

    static int depth(Collection<Value> items) {
        int deepest = 0;
        for (Value item : items) {
            deepest = Math.max(deepest, item.depth());
        }
        return nested(deepest);
    }

    /** The depth of a container around a value of that depth. */
    static int nested(int depth) {
        if (depth >= TemplateLimits.NESTING) {
            throw new TemplateFault("value nested more than " + TemplateLimits.NESTING + " deep, the limit");
        }
        return depth + 1;
    }

    static long weight(Collection<Value> items) {
        long weight = 1;
        for (Value item : items) {
            weight += item.weight();
        }
        return limited(weight);
    }

    static long limited(long weight) {
        if (weight > TemplateLimits.ITEMS) {
            throw new TemplateFault("value of more than " + TemplateLimits.ITEMS + " items, the limit");
        }
        return weight;
    }

    static void reprAll(Iterator<Value> items, TextBuilder out) {
        String separator = "";
        while (items.hasNext()) {
            out.append(separator);
            items.next().repr(out);
            separator = ", ";
        }
    }
}
