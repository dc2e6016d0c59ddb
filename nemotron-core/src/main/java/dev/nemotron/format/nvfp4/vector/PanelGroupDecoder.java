package dev.nemotron.format.nvfp4.vector;

import static dev.nemotron.format.nvfp4.vector.RaisedE2M1.LOWER_BYTES;
import static dev.nemotron.format.nvfp4.vector.RaisedE2M1.RAISE;
import static dev.nemotron.format.nvfp4.vector.RaisedE2M1.UPPER_BYTES;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.ZERO_EXTEND_B2I;

import dev.nemotron.format.nvfp4.Panels;
import dev.nemotron.spi.RowGroupDecoder;
import dev.nemotron.spi.StoredMatrix;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;

/** Decodes columns of panels to FP32, scales included. */
public final class PanelGroupDecoder implements RowGroupDecoder {

    private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_512;
    private static final VectorSpecies<Byte> BYTES = ByteVector.SPECIES_512;
    private static final VectorSpecies<Byte> SCALES = ByteVector.SPECIES_128;
    private static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;

    private static final int UPPER_HALF = 0xFFFF_0000;

    /** Creates a decoder. */
    public PanelGroupDecoder() {}

    @Override
    public int rows() {
        return Panels.ROWS;
    }

    @Override
    public void decode(StoredMatrix matrix, int row, int from, int to, float[] out, int outOffset) {
        long panel = row / Panels.ROWS * Panels.bytes(matrix.columns());
        decode(matrix.codes(), panel, from / Panels.BLOCK, to / Panels.BLOCK, out, outOffset);
    }

    private static void decode(MemorySegment w, long panel, int fromBlock, int toBlock, float[] out, int outOffset) {
        ByteVector table = ByteVector.fromArray(BYTES, RaisedE2M1.TABLE, 0);
        IntVector lowerBytes = IntVector.broadcast(INTS, LOWER_BYTES);
        IntVector upperBytes = IntVector.broadcast(INTS, UPPER_BYTES);
        IntVector upperHalf = IntVector.broadcast(INTS, UPPER_HALF);
        IntVector scaleOffset = IntVector.broadcast(INTS, Panels.SCALE_OFFSET);
        for (int line = 2 * fromBlock; line < 2 * toBlock; line++) {
            int block = line / 2;
            FloatVector scale = ByteVector.fromMemorySegment(SCALES, w, panel + Panels.scalesAt(block), ORDER)
                    .convertShape(ZERO_EXTEND_B2I, INTS, 0)
                    .reinterpretAsInts()
                    .lanewise(LSHL, 20)
                    .add(scaleOffset)
                    .reinterpretAsFloats();
            // A scale has four digits and the raise five, so that this and what is added to it are exact.
            FloatVector raise = scale.mul(-RAISE);
            long at = panel + Panels.linesAt(block) + (long) (line % 2) * Panels.LINE;
            byte _ = w.get(ValueLayout.JAVA_BYTE, at); // see MappedMemory
            IntVector digits = IntVector.fromMemorySegment(INTS, w, at, ORDER);
            int to = outOffset + (line - 2 * fromBlock) * Panels.LINE_COLUMNS * Panels.ROWS;
            // The columns of a line come out as 0, 4, 2, 6, 1, 5, 3, 7.
            IntVector bytes = digits.reinterpretAsBytes().selectFrom(table).reinterpretAsInts();
            IntVector even = bytes.and(lowerBytes).or(upperBytes);
            IntVector odd = bytes.lanewise(LSHR, 8).and(lowerBytes).or(upperBytes);
            even.lanewise(LSHL, 16).reinterpretAsFloats().fma(scale, raise).intoArray(out, to);
            even.and(upperHalf).reinterpretAsFloats().fma(scale, raise).intoArray(out, to + 4 * Panels.ROWS);
            odd.lanewise(LSHL, 16).reinterpretAsFloats().fma(scale, raise).intoArray(out, to + 2 * Panels.ROWS);
            odd.and(upperHalf).reinterpretAsFloats().fma(scale, raise).intoArray(out, to + 6 * Panels.ROWS);
            bytes = digits.lanewise(LSHR, 4)
                    .reinterpretAsBytes()
                    .selectFrom(table)
                    .reinterpretAsInts();
            even = bytes.and(lowerBytes).or(upperBytes);
            odd = bytes.lanewise(LSHR, 8).and(lowerBytes).or(upperBytes);
            even.lanewise(LSHL, 16).reinterpretAsFloats().fma(scale, raise).intoArray(out, to + Panels.ROWS);
            even.and(upperHalf).reinterpretAsFloats().fma(scale, raise).intoArray(out, to + 5 * Panels.ROWS);
            odd.lanewise(LSHL, 16).reinterpretAsFloats().fma(scale, raise).intoArray(out, to + 3 * Panels.ROWS);
            odd.and(upperHalf).reinterpretAsFloats().fma(scale, raise).intoArray(out, to + 7 * Panels.ROWS);
        }
    }
}
