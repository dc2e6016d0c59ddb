package dev.nemotron.kernel.vector;

import static dev.nemotron.kernel.vector.Lanes.COUNT;
import static dev.nemotron.kernel.vector.Lanes.FLOATS;
import static dev.nemotron.kernel.vector.Lanes.ORDER;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;

/** Root-mean-square norms, plain and gated (specification 2.2 and 2.3.6). */
final class VectorNorm {

    private VectorNorm() {}

    static void gatedGroupNorm(
            MemorySegment y,
            MemorySegment gate,
            long gateStride,
            MemorySegment weight,
            float epsilon,
            int width,
            int groups,
            int fromRow,
            int toRow,
            MemorySegment out) {
        int groupWidth = width / groups;
        for (int t = fromRow; t < toRow; t++) {
            long row = (long) t * width;
            VectorElementwise.multiply(y, row, gate, t * gateStride, out, row, width);
            VectorExponential.timesSigmoid(gate, t * gateStride, out, row, width);
            for (int c = 0; c < width; c += groupWidth) {
                normalise(out, row + c, weight, c, epsilon, groupWidth, out);
            }
        }
    }

    /** out = x / sqrt(mean(x²) + epsilon) · weight for one run of elements, at the same offset in x and out. */
    static void normalise(
            MemorySegment x,
            long offset,
            MemorySegment weight,
            long weightOffset,
            float epsilon,
            int width,
            MemorySegment out) {
        float mean = sumOfSquares(x, offset, width) / width;
        float scale = (float) (1 / Math.sqrt((double) mean + epsilon));
        int body = Lanes.body(width);
        for (int i = 0; i < body; i += COUNT) {
            long at = (offset + i) * Float.BYTES;
            FloatVector.fromMemorySegment(FLOATS, x, at, ORDER)
                    .mul(scale)
                    .mul(FloatVector.fromMemorySegment(FLOATS, weight, (weightOffset + i) * Float.BYTES, ORDER))
                    .intoMemorySegment(out, at, ORDER);
        }
        for (int i = body; i < width; i++) {
            float normed = x.getAtIndex(JAVA_FLOAT, offset + i) * scale;
            out.setAtIndex(JAVA_FLOAT, offset + i, normed * weight.getAtIndex(JAVA_FLOAT, weightOffset + i));
        }
    }

    private static float sumOfSquares(MemorySegment x, long offset, int width) {
        FloatVector sums = FloatVector.zero(FLOATS);
        int body = Lanes.body(width);
        for (int i = 0; i < body; i += COUNT) {
            FloatVector value = FloatVector.fromMemorySegment(FLOATS, x, (offset + i) * Float.BYTES, ORDER);
            sums = value.fma(value, sums);
        }
        if (COUNT == 16) {
            sums = sums.add(sums.rearrange(Lanes.SWAP_8));
        }
        if (COUNT >= 8) {
            sums = sums.add(sums.rearrange(Lanes.SWAP_4));
        }
        sums = sums.add(sums.rearrange(Lanes.SWAP_2));
        float sum = sums.add(sums.rearrange(Lanes.SWAP_1)).lane(0);
        for (int i = body; i < width; i++) {
            float value = x.getAtIndex(JAVA_FLOAT, offset + i);
            sum = Math.fma(value, value, sum);
        }
        return sum;
    }
}
