package dev.nemotron.template.jinja;

import java.math.BigDecimal;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** A Python float. */
record FloatValue(double real) implements NumberValue {

    @Override
    public boolean integral() {
        return false;
    }

    @Override
    public BigInteger integer() {
        throw new TemplateFault("'float' object cannot be interpreted as an integer");
    }

    /** Python's {@code int()}: the fraction is cut off. */
    IntValue truncate() {
        if (Double.isNaN(real) || Double.isInfinite(real)) {
            throw new TemplateFault(
                    "cannot convert float " + (Double.isNaN(real) ? "NaN" : "infinity") + " to integer");
        }
        return new IntValue(new BigDecimal(real).toBigInteger());
    }

    @Override
    public String type() {
        return "float";
    }

    @Override
    public boolean truthy() {
        return real != 0;
    }

    @Override
    public void repr(TextBuilder out) {
        out.append(Numbers.print(real));
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
