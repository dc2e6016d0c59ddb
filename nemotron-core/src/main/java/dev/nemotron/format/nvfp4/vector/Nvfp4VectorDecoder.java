package dev.nemotron.format.nvfp4.vector;

import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.LT;

import dev.nemotron.format.number.E4M3;
import dev.nemotron.spi.RowDecoder;
import dev.nemotron.spi.StoredMatrix;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * Decodes rows of NVFP4 a vector at a time. A block is one 64-bit word; each lane of 64 bits shifts it to a byte of its own
 * and spreads the two halves over its two lanes of 32 bits, so that elements come out in order. E2M1 becomes FP32 by moving
 * its exponent from bias 1 to bias 127; the subnormal 0.5 becomes 1 + 0.5, from which 1 is taken away.
 */
public final class Nvfp4VectorDecoder implements RowDecoder {

    private static final int BLOCK = 16;

    private static final VectorShape SHAPE = IntVector.SPECIES_PREFERRED.length() > BLOCK
            ? VectorShape.S_512_BIT
            : IntVector.SPECIES_PREFERRED.vectorShape();
    private static final VectorSpecies<Long> LONGS = VectorSpecies.of(long.class, SHAPE);
    private static final int LANES = 2 * LONGS.length();
    private static final ValueLayout.OfLong WORD = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private static final int REBIAS = (127 - 1) << 23;
    private static final int ONE = 127 << 23;

    /** Creates a decoder. */
    public Nvfp4VectorDecoder() {}

    @Override
    public void decode(StoredMatrix matrix, int row, int from, int to, float[] out, int outOffset) {
        MemorySegment codes = matrix.codes();
        MemorySegment scales = matrix.scales();
        int blocks = (to - from) / BLOCK;
        long fromBlock = ((long) row * matrix.columns() + from) / BLOCK;
        LongVector shifts = LongVector.broadcast(LONGS, 0).addIndex(Byte.SIZE);
        for (int block = 0; block < blocks; block++) {
            long word = codes.get(WORD, (fromBlock + block) * Long.BYTES);
            float scale = E4M3.toFloat(scales.get(ValueLayout.JAVA_BYTE, fromBlock + block));
            for (int element = 0; element < BLOCK; element += LANES) {
                LongVector pairs =
                        LongVector.broadcast(LONGS, word >>> (4 * element)).lanewise(LSHR, shifts);
                IntVector code =
                        pairs.and(0x0F).or(pairs.and(0xF0).lanewise(LSHL, 28)).reinterpretAsInts();
                IntVector magnitude = code.and(7);
                IntVector shifted = magnitude.lanewise(LSHL, 22);
                FloatVector subnormal = shifted.add(ONE).reinterpretAsFloats().sub(1);
                shifted.add(REBIAS)
                        .blend(subnormal.reinterpretAsInts(), magnitude.compare(LT, 2))
                        .or(code.and(8).lanewise(LSHL, 28))
                        .reinterpretAsFloats()
                        .mul(scale)
                        .intoArray(out, outOffset + BLOCK * block + element);
            }
        }
    }
}
