package dev.nemotron.format.f16.vector;

import static jdk.incubator.vector.VectorOperators.GE;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LT;
import static jdk.incubator.vector.VectorOperators.ZERO_EXTEND_S2I;

import dev.nemotron.checkpoint.Tensor;
import dev.nemotron.spi.RowDecoder;
import dev.nemotron.spi.StoredMatrix;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * Decodes rows of IEEE halves a vector at a time in integer arithmetic, since there are no vectors of halves. The exponent
 * is moved from bias 15 to bias 127; a subnormal becomes 2^-14 + value, from which 2^-14 is taken away exactly.
 */
public final class F16VectorDecoder implements RowDecoder {

    private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Short> SHORTS =
            VectorSpecies.of(short.class, VectorShape.forBitSize(INTS.vectorBitSize() / 2));

    private static final int REBIAS = (127 - 15) << 23;
    private static final int SMALLEST_NORMAL = 1 << 23;
    private static final int INFINITY = 31 << 23;

    /** Creates a decoder. */
    public F16VectorDecoder() {}

    @Override
    public void decode(StoredMatrix matrix, int row, int from, int to, float[] out, int outOffset) {
        MemorySegment codes = matrix.codes();
        int columns = to - from;
        long at = ((long) row * matrix.columns() + from) * Short.BYTES;
        int c = 0;
        for (; c < INTS.loopBound(columns); c += INTS.length()) {
            byte _ = codes.get(ValueLayout.JAVA_BYTE, at + (long) c * Short.BYTES); // see MappedMemory
            IntVector code = ShortVector.fromMemorySegment(
                            SHORTS, codes, at + (long) c * Short.BYTES, ByteOrder.LITTLE_ENDIAN)
                    .convertShape(ZERO_EXTEND_S2I, INTS, 0)
                    .reinterpretAsInts();
            IntVector magnitude = code.and(0x7FFF).lanewise(LSHL, 13);
            FloatVector subnormal = magnitude
                    .add(REBIAS + SMALLEST_NORMAL)
                    .reinterpretAsFloats()
                    .sub(0x1p-14f);
            IntVector normal = magnitude.add(REBIAS);
            normal.blend(normal.add(REBIAS), magnitude.compare(GE, INFINITY))
                    .blend(subnormal.reinterpretAsInts(), magnitude.compare(LT, SMALLEST_NORMAL))
                    .or(code.and(0x8000).lanewise(LSHL, 16))
                    .reinterpretAsFloats()
                    .intoArray(out, outOffset + c);
        }
        for (; c < columns; c++) {
            out[outOffset + c] = Float.float16ToFloat(codes.get(Tensor.U16_LE, at + (long) c * Short.BYTES));
        }
    }
}
