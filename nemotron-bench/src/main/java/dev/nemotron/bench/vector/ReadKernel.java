package dev.nemotron.bench.vector;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** Reads memory and does next to nothing with it. */
public final class ReadKernel {

    private static final VectorSpecies<Integer> SPECIES = IntVector.SPECIES_PREFERRED;

    private ReadKernel() {}

    /**
     * Reads one stream.
     *
     * @param memory the memory
     * @param at where it begins, in bytes
     * @param bytes how much to read, a multiple of 256
     * @return what depends on every byte, so that no read can be left out
     */
    public static int read(MemorySegment memory, long at, int bytes) {
        ByteOrder order = ByteOrder.nativeOrder();
        IntVector sum0 = IntVector.zero(SPECIES);
        IntVector sum1 = IntVector.zero(SPECIES);
        IntVector sum2 = IntVector.zero(SPECIES);
        IntVector sum3 = IntVector.zero(SPECIES);
        int step = SPECIES.vectorByteSize();
        for (int i = 0; i < bytes; i += 4 * step) {
            sum0 = sum0.add(IntVector.fromMemorySegment(SPECIES, memory, at + i, order));
            sum1 = sum1.add(IntVector.fromMemorySegment(SPECIES, memory, at + i + step, order));
            sum2 = sum2.add(IntVector.fromMemorySegment(SPECIES, memory, at + i + 2L * step, order));
            sum3 = sum3.add(IntVector.fromMemorySegment(SPECIES, memory, at + i + 3L * step, order));
        }
        return sum0.add(sum1).add(sum2.add(sum3)).reduceLanes(VectorOperators.ADD);
    }

    /**
     * Reads four streams side by side, which keeps more lines under way than one.
     *
     * @param memory the memory
     * @param at0 where the first stream begins, in bytes
     * @param at1 the second
     * @param at2 the third
     * @param at3 the fourth
     * @param bytes how much to read of each, a multiple of 64
     * @return what depends on every byte, so that no read can be left out
     */
    public static int read(MemorySegment memory, long at0, long at1, long at2, long at3, int bytes) {
        ByteOrder order = ByteOrder.nativeOrder();
        IntVector sum0 = IntVector.zero(SPECIES);
        IntVector sum1 = IntVector.zero(SPECIES);
        IntVector sum2 = IntVector.zero(SPECIES);
        IntVector sum3 = IntVector.zero(SPECIES);
        int step = SPECIES.vectorByteSize();
        for (int i = 0; i < bytes; i += step) {
            sum0 = sum0.add(IntVector.fromMemorySegment(SPECIES, memory, at0 + i, order));
            sum1 = sum1.add(IntVector.fromMemorySegment(SPECIES, memory, at1 + i, order));
            sum2 = sum2.add(IntVector.fromMemorySegment(SPECIES, memory, at2 + i, order));
            sum3 = sum3.add(IntVector.fromMemorySegment(SPECIES, memory, at3 + i, order));
        }
        return sum0.add(sum1).add(sum2.add(sum3)).reduceLanes(VectorOperators.ADD);
    }
}
