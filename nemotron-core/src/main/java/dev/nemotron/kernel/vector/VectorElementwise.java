package dev.nemotron.kernel.vector;

import static dev.nemotron.kernel.vector.Lanes.COUNT;
import static dev.nemotron.kernel.vector.Lanes.FLOATS;
import static dev.nemotron.kernel.vector.Lanes.ORDER;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;

/** Operations that treat each element by itself: the same bits as the plain kernels, in body and tail. */
final class VectorElementwise {

    private VectorElementwise() {}

    static void squaredRelu(MemorySegment x, long offset, int count) {
        int body = Lanes.body(count);
        for (int i = 0; i < body; i += COUNT) {
            long at = (offset + i) * Float.BYTES;
            FloatVector positive =
                    FloatVector.fromMemorySegment(FLOATS, x, at, ORDER).max(0f);
            positive.mul(positive).intoMemorySegment(x, at, ORDER);
        }
        for (int i = body; i < count; i++) {
            float positive = Math.max(0f, x.getAtIndex(JAVA_FLOAT, offset + i));
            x.setAtIndex(JAVA_FLOAT, offset + i, positive * positive);
        }
    }

    static void add(MemorySegment delta, MemorySegment x, long offset, int count) {
        int body = Lanes.body(count);
        for (int i = 0; i < body; i += COUNT) {
            long at = (offset + i) * Float.BYTES;
            FloatVector sum = FloatVector.fromMemorySegment(FLOATS, x, at, ORDER);
            sum.add(FloatVector.fromMemorySegment(FLOATS, delta, at, ORDER)).intoMemorySegment(x, at, ORDER);
        }
        for (int i = body; i < count; i++) {
            float sum = x.getAtIndex(JAVA_FLOAT, offset + i) + delta.getAtIndex(JAVA_FLOAT, offset + i);
            x.setAtIndex(JAVA_FLOAT, offset + i, sum);
        }
    }

    static void addScaled(
            float scale, MemorySegment delta, long deltaOffset, MemorySegment x, long xOffset, int count) {
        int body = Lanes.body(count);
        FloatVector factor = FloatVector.broadcast(FLOATS, scale);
        for (int i = 0; i < body; i += COUNT) {
            long at = (xOffset + i) * Float.BYTES;
            FloatVector sum = FloatVector.fromMemorySegment(FLOATS, x, at, ORDER);
            FloatVector.fromMemorySegment(FLOATS, delta, (deltaOffset + i) * Float.BYTES, ORDER)
                    .fma(factor, sum)
                    .intoMemorySegment(x, at, ORDER);
        }
        for (int i = body; i < count; i++) {
            float summand = delta.getAtIndex(JAVA_FLOAT, deltaOffset + i);
            x.setAtIndex(JAVA_FLOAT, xOffset + i, Math.fma(scale, summand, x.getAtIndex(JAVA_FLOAT, xOffset + i)));
        }
    }

    /** sum[i] += a[i]·b[i] by fused multiply-add. */
    static void addProduct(
            MemorySegment a,
            long aOffset,
            MemorySegment b,
            long bOffset,
            MemorySegment sum,
            long sumOffset,
            int count) {
        int body = Lanes.body(count);
        for (int i = 0; i < body; i += COUNT) {
            long at = (sumOffset + i) * Float.BYTES;
            FloatVector left = FloatVector.fromMemorySegment(FLOATS, a, (aOffset + i) * Float.BYTES, ORDER);
            FloatVector right = FloatVector.fromMemorySegment(FLOATS, b, (bOffset + i) * Float.BYTES, ORDER);
            left.fma(right, FloatVector.fromMemorySegment(FLOATS, sum, at, ORDER))
                    .intoMemorySegment(sum, at, ORDER);
        }
        for (int i = body; i < count; i++) {
            float product = Math.fma(
                    a.getAtIndex(JAVA_FLOAT, aOffset + i),
                    b.getAtIndex(JAVA_FLOAT, bOffset + i),
                    sum.getAtIndex(JAVA_FLOAT, sumOffset + i));
            sum.setAtIndex(JAVA_FLOAT, sumOffset + i, product);
        }
    }

    /** out[i] = a[i]·b[i]. */
    static void multiply(
            MemorySegment a,
            long aOffset,
            MemorySegment b,
            long bOffset,
            MemorySegment out,
            long outOffset,
            int count) {
        int body = Lanes.body(count);
        for (int i = 0; i < body; i += COUNT) {
            FloatVector left = FloatVector.fromMemorySegment(FLOATS, a, (aOffset + i) * Float.BYTES, ORDER);
            left.mul(FloatVector.fromMemorySegment(FLOATS, b, (bOffset + i) * Float.BYTES, ORDER))
                    .intoMemorySegment(out, (outOffset + i) * Float.BYTES, ORDER);
        }
        for (int i = body; i < count; i++) {
            float product = a.getAtIndex(JAVA_FLOAT, aOffset + i) * b.getAtIndex(JAVA_FLOAT, bOffset + i);
            out.setAtIndex(JAVA_FLOAT, outOffset + i, product);
        }
    }

    /** Multiplies x by a number. */
    static void scale(float factor, float[] x, int offset, int count) {
        int body = Lanes.body(count);
        for (int i = 0; i < body; i += COUNT) {
            FloatVector.fromArray(FLOATS, x, offset + i).mul(factor).intoArray(x, offset + i);
        }
        for (int i = body; i < count; i++) {
            x[offset + i] *= factor;
        }
    }

    /** Divides x by a number. */
    static void divide(float[] x, int offset, float divisor, int count) {
        int body = Lanes.body(count);
        for (int i = 0; i < body; i += COUNT) {
            FloatVector.fromArray(FLOATS, x, offset + i).div(divisor).intoArray(x, offset + i);
        }
        for (int i = body; i < count; i++) {
            x[offset + i] /= divisor;
        }
    }

    /** The greatest element, NaN if there is one; for the place of the lanes see {@link VectorExponential#exponentials}. */
    static float greatest(float[] x, int offset, int count, int lanes) {
        FloatVector.broadcast(FLOATS, Float.NEGATIVE_INFINITY).intoArray(x, lanes);
        int body = Lanes.body(count);
        for (int i = 0; i < body; i += COUNT) {
            FloatVector.fromArray(FLOATS, x, lanes)
                    .max(FloatVector.fromArray(FLOATS, x, offset + i))
                    .intoArray(x, lanes);
        }
        float max = Float.NEGATIVE_INFINITY;
        for (int i = 0; i < COUNT; i++) {
            max = Math.max(max, x[lanes + i]);
        }
        for (int i = body; i < count; i++) {
            max = Math.max(max, x[offset + i]);
        }
        return max;
    }
}
