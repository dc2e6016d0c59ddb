package dev.nemotron.kernel.vector;

import static dev.nemotron.kernel.vector.Lanes.COUNT;
import static dev.nemotron.kernel.vector.Lanes.INTS;
import static dev.nemotron.kernel.vector.Lanes.ORDER;
import static dev.nemotron.kernel.vector.Lanes.SHORTS;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import dev.nemotron.kernel.scalar.Bf16;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;

/** Widens BF16 to FP32, exactly. */
final class VectorBf16 {

    private VectorBf16() {}

    /** Offsets count elements; the codes lie in native order at even addresses. */
    static void widen(MemorySegment codes, long codesOffset, float[] out, int outOffset, int count) {
        int body = Lanes.body(count);
        for (int i = 0; i < body; i += COUNT) {
            ShortVector.fromMemorySegment(SHORTS, codes, (codesOffset + i) * Short.BYTES, ORDER)
                    .convertShape(VectorOperators.ZERO_EXTEND_S2I, INTS, 0)
                    .reinterpretAsInts()
                    .lanewise(VectorOperators.LSHL, 16)
                    .reinterpretAsFloats()
                    .intoArray(out, outOffset + i);
        }
        for (int i = body; i < count; i++) {
            out[outOffset + i] = Bf16.widen(codes.getAtIndex(JAVA_SHORT, codesOffset + i));
        }
    }
}
