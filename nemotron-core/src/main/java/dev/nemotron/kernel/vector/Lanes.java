package dev.nemotron.kernel.vector;

import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/** The shape of the vectors: the widest that the machine prefers, at most 16 lanes of FP32. */
public final class Lanes {

    /** FP32 lanes. */
    public static final VectorSpecies<Float> FLOATS =
            FloatVector.SPECIES_PREFERRED.length() > 16 ? FloatVector.SPECIES_512 : FloatVector.SPECIES_PREFERRED;

    /** As many 32-bit integers. */
    public static final VectorSpecies<Integer> INTS = IntVector.SPECIES_64.withShape(FLOATS.vectorShape());

    /** As many 16-bit integers, in a vector of half the width. */
    public static final VectorSpecies<Short> SHORTS =
            ShortVector.SPECIES_64.withShape(VectorShape.forBitSize(Math.max(64, FLOATS.vectorBitSize() / 2)));

    /** L, the lanes of {@link #FLOATS}: a power of two from 4 to 16. */
    public static final int COUNT = FLOATS.length();

    /** Whether one instruction looks up 64 bytes in a table of 128; without it HotSpot looks them up one by one. */
    public static final boolean BYTE_TABLES = COUNT == 16 && Processor.has("avx512vbmi");

    /** The order of the activations' bytes. */
    public static final ByteOrder ORDER = ByteOrder.nativeOrder();

    /** Exchanges neighbouring runs of 8 lanes. */
    public static final VectorShuffle<Float> SWAP_8 = swap(8);
    /** Exchanges neighbouring runs of 4 lanes. */
    public static final VectorShuffle<Float> SWAP_4 = swap(4);
    /** Exchanges neighbouring runs of 2 lanes. */
    public static final VectorShuffle<Float> SWAP_2 = swap(2);
    /** Exchanges neighbouring runs of 1 lanes. */
    public static final VectorShuffle<Float> SWAP_1 = swap(1);

    static final VectorMask<Float> UPPER_8 = upper(8);
    static final VectorMask<Float> UPPER_4 = upper(4);
    static final VectorMask<Float> UPPER_2 = upper(2);
    static final VectorMask<Float> UPPER_1 = upper(1);

    private Lanes() {}

    /** The largest multiple of the lanes that is not above {@code count}. */
    static int body(int count) {
        return count & -COUNT;
    }

    /** Exchanges neighbouring runs of {@code distance} lanes. */
    private static VectorShuffle<Float> swap(int distance) {
        return VectorShuffle.fromOp(FLOATS, lane -> (lane ^ distance) % COUNT);
    }

    /** Every second run of {@code distance} lanes. */
    private static VectorMask<Float> upper(int distance) {
        long bits = 0;
        for (int lane = 0; lane < COUNT; lane++) {
            bits |= (lane & distance) != 0 ? 1L << lane : 0;
        }
        return VectorMask.fromLong(FLOATS, bits);
    }
}
