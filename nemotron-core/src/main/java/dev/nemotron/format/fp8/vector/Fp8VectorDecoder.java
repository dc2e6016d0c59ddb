package dev.nemotron.format.fp8.vector;

import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LT;
import static jdk.incubator.vector.VectorOperators.ZERO_EXTEND_B2I;

import dev.nemotron.checkpoint.Tensor;
import dev.nemotron.format.fp8.Fp8Blocks;
import dev.nemotron.format.number.E4M3;
import dev.nemotron.spi.RowDecoder;
import dev.nemotron.spi.StoredMatrix;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * Decodes rows of E4M3 a vector at a time in integer arithmetic: the exponent is moved from bias 7 to bias 127; a subnormal
 * becomes 2^-6 + value, from which 2^-6 is taken away exactly.
 */
public final class Fp8VectorDecoder implements RowDecoder {

    private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_PREFERRED;

    /** The narrowest vectors have 64 bits, so that a load may fill two vectors of integers. */
    private static final VectorSpecies<Byte> BYTES =
            VectorSpecies.of(byte.class, VectorShape.forBitSize(Math.max(64, INTS.vectorBitSize() / 4)));

    private static final int REBIAS = (127 - 7) << 23;
    private static final int SMALLEST_NORMAL = 1 << 23;
    private static final int NAN = 0x7F << 20;
    private static final int NAN_BITS = 0x7FC0_0000;

    private final int block;

    /**
     * Creates a decoder.
     *
     * @param block the size of the blocks that have a scale, 0 where the scale is the row's factor
     */
    public Fp8VectorDecoder(int block) {
        this.block = block;
    }

    @Override
    public void decode(StoredMatrix matrix, int row, int from, int to, float[] out, int outOffset) {
        MemorySegment codes = matrix.codes();
        long at = (long) row * matrix.columns();
        int place = outOffset - from;
        int end;
        for (int start = from; start < to; start = end) {
            end = Fp8Blocks.end(block, start, to);
            float factor = Fp8Blocks.factor(matrix, block, row, start);
            int c = start;
            for (; c <= end - BYTES.length(); c += BYTES.length()) {
                byte _ = codes.get(ValueLayout.JAVA_BYTE, at + c); // see MappedMemory
                ByteVector bytes = ByteVector.fromMemorySegment(BYTES, codes, at + c, ByteOrder.LITTLE_ENDIAN);
                for (int part = 0; part < BYTES.length() / INTS.length(); part++) {
                    IntVector code =
                            bytes.convertShape(ZERO_EXTEND_B2I, INTS, part).reinterpretAsInts();
                    IntVector magnitude = code.and(0x7F).lanewise(LSHL, 20);
                    FloatVector subnormal = magnitude
                            .add(REBIAS + SMALLEST_NORMAL)
                            .reinterpretAsFloats()
                            .sub(0x1p-6f);
                    magnitude
                            .add(REBIAS)
                            .blend(subnormal.reinterpretAsInts(), magnitude.compare(LT, SMALLEST_NORMAL))
                            .blend(NAN_BITS, magnitude.compare(EQ, NAN))
                            .or(code.and(0x80).lanewise(LSHL, 24))
                            .reinterpretAsFloats()
                            .mul(factor)
                            .intoArray(out, place + c + part * INTS.length());
                }
            }
            for (; c < end; c++) {
                out[place + c] = E4M3.toFloat(codes.get(ValueLayout.JAVA_BYTE, at + c)) * factor;
            }
        }
    }

    @Override
    public float factor(StoredMatrix matrix, int row) {
        return block == 0 && matrix.scales().byteSize() != 0
                ? matrix.scales().get(Tensor.F32_LE, (long) row * Float.BYTES)
                : matrix.factor();
    }
}
