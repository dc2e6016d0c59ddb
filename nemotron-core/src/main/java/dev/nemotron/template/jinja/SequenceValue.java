package dev.nemotron.template.jinja;

import java.math.BigInteger;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** A list, a tuple or a range: items by position. */
sealed interface SequenceValue extends Value permits ListValue, RangeValue {

    /** How many items. */
    int size();

    /** The item at a position. */
    Value get(int index);

    /** A sequence of the same kind made of some of the items. */
    @Override
    Value slice(Slice slice);

    @Override
    default int length() {
        return size();
    }

    @Override
    default boolean truthy() {
        return size() > 0;
    }

    @Override
    default @Nullable Value item(Value key) {
        int index = index(key, size());
        return index < 0 ? null : get(index);
    }

    @Override
    default Iterator<Value> iterator() {
        return new Iterator<>() {
            private int at;

            @Override
            public boolean hasNext() {
                return at < size();
            }

            @Override
            public Value next() {
                return get(at++);
            }
        };
    }

    /** The position that a Python index means, or -1 where there is none. */
    static int index(Value key, int size) {
        if (!(key instanceof NumberValue number) || !number.integral()) {
            return -1;
        }
        BigInteger index = number.integer();
        if (index.signum() < 0) {
            index = index.add(BigInteger.valueOf(size));
        }
        return index.signum() < 0 || index.compareTo(BigInteger.valueOf(size)) >= 0 ? -1 : index.intValue();
    }
}
