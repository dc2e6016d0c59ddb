package dev.nemotron.template.jinja;

import java.math.BigInteger;

/** A number of Python: an integer of any size, a float, or a truth value, which counts as 0 or 1. */
sealed interface NumberValue extends Value permits IntValue, FloatValue, BoolValue {

    /** Whether it is an integer or a truth value. */
    boolean integral();

    /** The value of an integral number. */
    BigInteger integer();

    /** The value as a float; throws where an integer is too large. */
    double real();
}
