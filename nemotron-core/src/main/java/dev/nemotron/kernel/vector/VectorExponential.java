package dev.nemotron.kernel.vector;

import static dev.nemotron.kernel.scalar.Exponential.C2;
import static dev.nemotron.kernel.scalar.Exponential.C3;
import static dev.nemotron.kernel.scalar.Exponential.C4;
import static dev.nemotron.kernel.scalar.Exponential.C5;
import static dev.nemotron.kernel.scalar.Exponential.C6;
import static dev.nemotron.kernel.scalar.Exponential.C7;
import static dev.nemotron.kernel.scalar.Exponential.HIGHEST;
import static dev.nemotron.kernel.scalar.Exponential.LOG2_E;
import static dev.nemotron.kernel.scalar.Exponential.LOWEST;
import static dev.nemotron.kernel.scalar.Exponential.MINUS_LN2_HIGH;
import static dev.nemotron.kernel.scalar.Exponential.MINUS_LN2_LOW;
import static dev.nemotron.kernel.scalar.Exponential.ROUNDER;
import static dev.nemotron.kernel.scalar.Exponential.ROUNDER_BITS;
import static dev.nemotron.kernel.vector.Lanes.COUNT;
import static dev.nemotron.kernel.vector.Lanes.FLOATS;
import static dev.nemotron.kernel.vector.Lanes.ORDER;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.nemotron.kernel.scalar.Exponential;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/** {@link Exponential}, operation by operation, in lanes. The polynomial stands here twice, since a shared method would box. */
final class VectorExponential {

    private VectorExponential() {}

    /** x = x·sigmoid(gate); with the same place for both this is SiLU. */
    static void timesSigmoid(MemorySegment gate, long gateOffset, MemorySegment x, long xOffset, int count) {
        FloatVector one = FloatVector.broadcast(FLOATS, 1f);
        int body = Lanes.body(count);
        for (int i = 0; i < body; i += COUNT) {
            long at = (xOffset + i) * Float.BYTES;
            FloatVector z = FloatVector.fromMemorySegment(FLOATS, gate, (gateOffset + i) * Float.BYTES, ORDER)
                    .neg();
            z = z.blend(HIGHEST, z.compare(VectorOperators.GT, HIGHEST));
            z = z.blend(LOWEST, z.compare(VectorOperators.LT, LOWEST));
            FloatVector shifted = z.fma(LOG2_E, ROUNDER);
            FloatVector n = shifted.sub(ROUNDER);
            FloatVector r = n.fma(FloatVector.broadcast(FLOATS, MINUS_LN2_HIGH), z);
            r = n.fma(FloatVector.broadcast(FLOATS, MINUS_LN2_LOW), r);
            FloatVector p = r.fma(C7, C6);
            p = p.fma(r, FloatVector.broadcast(FLOATS, C5));
            p = p.fma(r, FloatVector.broadcast(FLOATS, C4));
            p = p.fma(r, FloatVector.broadcast(FLOATS, C3));
            p = p.fma(r, FloatVector.broadcast(FLOATS, C2));
            p = p.fma(r, one);
            p = p.fma(r, one);
            IntVector exponent = shifted.reinterpretAsInts().sub(ROUNDER_BITS);
            IntVector half = exponent.lanewise(VectorOperators.ASHR, 1);
            p = p.mul(half.add(127).lanewise(VectorOperators.LSHL, 23).reinterpretAsFloats());
            p = p.mul(exponent.sub(half)
                    .add(127)
                    .lanewise(VectorOperators.LSHL, 23)
                    .reinterpretAsFloats());
            FloatVector.fromMemorySegment(FLOATS, x, at, ORDER).div(p.add(one)).intoMemorySegment(x, at, ORDER);
        }
        for (int i = body; i < count; i++) {
            float product = Exponential.timesSigmoid(
                    x.getAtIndex(JAVA_FLOAT, xOffset + i), gate.getAtIndex(JAVA_FLOAT, gateOffset + i));
            x.setAtIndex(JAVA_FLOAT, xOffset + i, product);
        }
    }

    /**
     * x = exp(x − shift); returns the sum, lanes first, by halves, then the tail. The lanes of the sum lie at {@code lanes}: a
     * vector that the loop carried would stay an object where the first loops of a JVM had one turn.
     */
    static float exponentials(float[] x, int offset, int count, float shift, int lanes) {
        FloatVector one = FloatVector.broadcast(FLOATS, 1f);
        FloatVector.zero(FLOATS).intoArray(x, lanes);
        int body = Lanes.body(count);
        for (int i = 0; i < body; i += COUNT) {
            FloatVector z = FloatVector.fromArray(FLOATS, x, offset + i).sub(shift);
            z = z.blend(HIGHEST, z.compare(VectorOperators.GT, HIGHEST));
            z = z.blend(LOWEST, z.compare(VectorOperators.LT, LOWEST));
            FloatVector shifted = z.fma(LOG2_E, ROUNDER);
            FloatVector n = shifted.sub(ROUNDER);
            FloatVector r = n.fma(FloatVector.broadcast(FLOATS, MINUS_LN2_HIGH), z);
            r = n.fma(FloatVector.broadcast(FLOATS, MINUS_LN2_LOW), r);
            FloatVector p = r.fma(C7, C6);
            p = p.fma(r, FloatVector.broadcast(FLOATS, C5));
            p = p.fma(r, FloatVector.broadcast(FLOATS, C4));
            p = p.fma(r, FloatVector.broadcast(FLOATS, C3));
            p = p.fma(r, FloatVector.broadcast(FLOATS, C2));
            p = p.fma(r, one);
            p = p.fma(r, one);
            IntVector exponent = shifted.reinterpretAsInts().sub(ROUNDER_BITS);
            IntVector half = exponent.lanewise(VectorOperators.ASHR, 1);
            p = p.mul(half.add(127).lanewise(VectorOperators.LSHL, 23).reinterpretAsFloats());
            p = p.mul(exponent.sub(half)
                    .add(127)
                    .lanewise(VectorOperators.LSHL, 23)
                    .reinterpretAsFloats());
            p.intoArray(x, offset + i);
            FloatVector.fromArray(FLOATS, x, lanes).add(p).intoArray(x, lanes);
        }
        for (int half = COUNT / 2; half > 0; half /= 2) {
            for (int i = 0; i < half; i++) {
                x[lanes + i] += x[lanes + half + i];
            }
        }
        float sum = x[lanes];
        for (int i = body; i < count; i++) {
            float p = Exponential.exp(x[offset + i] - shift);
            x[offset + i] = p;
            sum += p;
        }
        return sum;
    }
}
