package dev.nemotron.format.fp8.vector;

import static dev.nemotron.format.fp8.vector.E4M3Bytes.BYTES;
import static dev.nemotron.format.fp8.vector.E4M3Bytes.TOGETHER;
import static dev.nemotron.format.fp8.vector.E4M3Bytes.UPPER_HALF;
import static dev.nemotron.kernel.vector.Lanes.COUNT;
import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static jdk.incubator.vector.VectorOperators.LSHL;

import dev.nemotron.checkpoint.Tensor;
import dev.nemotron.format.fp8.Fp8Blocks;
import dev.nemotron.format.number.E4M3;
import dev.nemotron.spi.RowDecoder;
import dev.nemotron.spi.StoredMatrix;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.IntVector;

/** Decodes rows of E4M3 64 elements at a time, where bytes can be looked up in tables. */
public final class Fp8TableDecoder implements RowDecoder {

    private static final byte SIGN = (byte) 0x80;

    private final int block;

    /**
     * Creates a decoder.
     *
     * @param block the size of the blocks that have a scale, 0 where the scale is the row's factor
     */
    public Fp8TableDecoder(int block) {
        this.block = block;
    }

    @Override
    public void decode(StoredMatrix matrix, int row, int from, int to, float[] out, int outOffset) {
        long at = (long) row * matrix.columns();
        int end;
        for (int start = from; start < to; start = end) {
            end = Fp8Blocks.end(block, start, to);
            float factor = Fp8Blocks.factor(matrix, block, row, start);
            decode(matrix.codes(), at + start, end - start, factor, out, outOffset + start - from);
        }
    }

    private static void decode(MemorySegment stored, long from, int count, float factor, float[] out, int outOffset) {
        ByteVector upper0 = ByteVector.fromArray(BYTES, E4M3Bytes.UPPER, 0);
        ByteVector upper1 = ByteVector.fromArray(BYTES, E4M3Bytes.UPPER, TOGETHER);
        ByteVector lower0 = ByteVector.fromArray(BYTES, E4M3Bytes.LOWER, 0);
        ByteVector lower1 = ByteVector.fromArray(BYTES, E4M3Bytes.LOWER, TOGETHER);
        ByteVector firstHalf = ByteVector.fromArray(BYTES, E4M3Bytes.FIRST_HALF, 0);
        ByteVector secondHalf = ByteVector.fromArray(BYTES, E4M3Bytes.SECOND_HALF, 0);
        int c = 0;
        for (; c <= count - TOGETHER; c += TOGETHER) {
            byte _ = stored.get(ValueLayout.JAVA_BYTE, from + c); // see MappedMemory
            ByteVector codes = ByteVector.fromMemorySegment(BYTES, stored, from + c, LITTLE_ENDIAN);
            ByteVector lower = codes.selectFrom(lower0, lower1);
            ByteVector upper = codes.selectFrom(upper0, upper1).or(codes.and(SIGN));
            IntVector first = firstHalf.selectFrom(lower, upper).reinterpretAsInts();
            IntVector second = secondHalf.selectFrom(lower, upper).reinterpretAsInts();
            int to = outOffset + c;
            first.lanewise(LSHL, 16).reinterpretAsFloats().mul(factor).intoArray(out, to);
            first.and(UPPER_HALF).reinterpretAsFloats().mul(factor).intoArray(out, to + COUNT);
            second.lanewise(LSHL, 16).reinterpretAsFloats().mul(factor).intoArray(out, to + 2 * COUNT);
            second.and(UPPER_HALF).reinterpretAsFloats().mul(factor).intoArray(out, to + 3 * COUNT);
        }
        for (; c < count; c++) {
            out[outOffset + c] = E4M3.toFloat(stored.get(ValueLayout.JAVA_BYTE, from + c)) * factor;
        }
    }

    @Override
    public float factor(StoredMatrix matrix, int row) {
        return block == 0 && matrix.scales().byteSize() != 0
                ? matrix.scales().get(Tensor.F32_LE, (long) row * Float.BYTES)
                : matrix.factor();
    }
}
