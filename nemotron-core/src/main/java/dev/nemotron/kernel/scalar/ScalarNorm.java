package dev.nemotron.kernel.scalar;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import java.lang.foreign.MemorySegment;

/** Root-mean-square norms, plain and gated (specification 2.2 and 2.3.6). */
final class ScalarNorm {

    private ScalarNorm() {}

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
            for (int c = 0; c < width; c++) {
                float z = gate.getAtIndex(JAVA_FLOAT, t * gateStride + c);
                float gated = y.getAtIndex(JAVA_FLOAT, row + c) * z;
                out.setAtIndex(JAVA_FLOAT, row + c, Exponential.timesSigmoid(gated, z));
            }
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
        double squares = 0;
        for (int c = 0; c < width; c++) {
            double value = x.getAtIndex(JAVA_FLOAT, offset + c);
            squares += value * value;
        }
        float scale = (float) (1 / Math.sqrt(squares / width + epsilon));
        for (int c = 0; c < width; c++) {
            float normed = x.getAtIndex(JAVA_FLOAT, offset + c) * scale;
            out.setAtIndex(JAVA_FLOAT, offset + c, normed * weight.getAtIndex(JAVA_FLOAT, weightOffset + c));
        }
    }
}
