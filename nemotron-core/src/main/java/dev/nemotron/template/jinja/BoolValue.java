package dev.nemotron.template.jinja;

import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** Python's {@code True} and {@code False}, which are the numbers 1 and 0 as well. */
record BoolValue(boolean truthy) implements NumberValue {

    static final BoolValue TRUE = new BoolValue(true);
    static final BoolValue FALSE = new BoolValue(false);

    static BoolValue of(boolean value) {
        return value ? TRUE : FALSE;
    }

    @Override
    public boolean integral() {
        return true;
    }

    @Override
    public BigInteger integer() {
        return truthy ? BigInteger.ONE : BigInteger.ZERO;
    }

    @Override
    public double real() {
        return truthy ? 1 : 0;
    }

    @Override
    public String type() {
        return "bool";
    }

    @Override
    public void repr(TextBuilder out) {
        out.append(truthy ? "True" : "False");
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof NumberValue number && Numbers.compare(this, number) == 0;
    }

    @Override
    public int hashCode() {
        return Numbers.hash(this);
    }
}
