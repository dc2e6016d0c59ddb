package dev.nemotron.template.jinja;

import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** A Python integer. Its size is limited, since templates could compute numbers that fill the memory. */
record IntValue(BigInteger integer) implements NumberValue {

    /** Python refuses to print more than 4300 digits. */
    private static final int MAX_BITS = 14_284;

    IntValue {
        if (integer.bitLength() > MAX_BITS) {
            throw new TemplateFault("integer of more than " + MAX_BITS + " bits, the limit");
        }
    }

    static IntValue of(long value) {
        return new IntValue(BigInteger.valueOf(value));
    }

    @Override
    public boolean integral() {
        return true;
    }

    @Override
    public double real() {
        double value = integer.doubleValue();
        if (Double.isInfinite(value)) {
            throw new TemplateFault("int too large to convert to float");
        }
        return value;
    }

    @Override
    public String type() {
        return "int";
    }

    @Override
    public boolean truthy() {
        return integer.signum() != 0;
    }

    @Override
    public void repr(TextBuilder out) {
        out.append(integer.toString());
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
