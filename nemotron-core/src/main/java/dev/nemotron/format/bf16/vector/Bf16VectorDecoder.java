package dev.nemotron.format.bf16.vector;

import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.ZERO_EXTEND_S2I;

import dev.nemotron.checkpoint.Tensor;
import dev.nemotron.spi.RowDecoder;
import dev.nemotron.spi.StoredMatrix;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/** Decodes rows of BF16 a vector at a time: a single is a BF16 with sixteen zeros behind it. */
public final class Bf16VectorDecoder implements RowDecoder {

    private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Short> SHORTS =
            VectorSpecies.of(short.class, VectorShape.forBitSize(INTS.vectorBitSize() / 2));

    /** Creates a decoder. */
    public Bf16VectorDecoder() {}

    @Override
    public void decode(StoredMatrix matrix, int row, int from, int to, float[] out, int outOffset) {
        MemorySegment codes = matrix.codes();
        int columns = to - from;
        long at = ((long) row * matrix.columns() + from) * Short.BYTES;
        int c = 0;
        for (; c < INTS.loopBound(columns); c += INTS.length()) {
            byte _ = codes.get(ValueLayout.JAVA_BYTE, at + (long) c * Short.BYTES); // see MappedMemory
            ShortVector.fromMemorySegment(SHORTS, codes, at + (long) c * Short.BYTES, ByteOrder.LITTLE_ENDIAN)
                    .convertShape(ZERO_EXTEND_S2I, INTS, 0)
                    .reinterpretAsInts()
                    .lanewise(LSHL, 16)
                    .reinterpretAsFloats()
                    .intoArray(out, outOffset + c);
        }
        for (; c < columns; c++) {
            out[outOffset + c] = Float.intBitsToFloat(codes.get(Tensor.U16_LE, at + (long) c * Short.BYTES) << 16);
        }
    }
}
