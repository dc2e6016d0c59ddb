package dev.nemotron.bench.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** Multiplies and adds in registers. */
public final class FmaKernel {

    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int CHAINS = 12;

    private FmaKernel() {}

    /**
     * The arithmetic of one round: independent chains, more than a core has under way at once.
     *
     * @return additions and multiplications
     */
    public static int flopsPerRound() {
        return 2 * CHAINS * SPECIES.length();
    }

    /**
     * Computes rounds.
     *
     * @param rounds how many
     * @param factor below 1, so that nothing grows
     * @return what depends on all of it, so that nothing can be left out
     */
    public static float run(int rounds, float factor) {
        FloatVector f = FloatVector.broadcast(SPECIES, factor);
        FloatVector one = FloatVector.broadcast(SPECIES, 1);
        FloatVector a0 = one;
        FloatVector a1 = one;
        FloatVector a2 = one;
        FloatVector a3 = one;
        FloatVector a4 = one;
        FloatVector a5 = one;
        FloatVector a6 = one;
        FloatVector a7 = one;
        FloatVector a8 = one;
        FloatVector a9 = one;
        FloatVector a10 = one;
        FloatVector a11 = one;
        for (int i = 0; i < rounds; i++) {
            a0 = a0.fma(f, one);
            a1 = a1.fma(f, one);
            a2 = a2.fma(f, one);
            a3 = a3.fma(f, one);
            a4 = a4.fma(f, one);
            a5 = a5.fma(f, one);
            a6 = a6.fma(f, one);
            a7 = a7.fma(f, one);
            a8 = a8.fma(f, one);
            a9 = a9.fma(f, one);
            a10 = a10.fma(f, one);
            a11 = a11.fma(f, one);
        }
        FloatVector low = a0.add(a1).add(a2.add(a3)).add(a4.add(a5));
        FloatVector high = a6.add(a7).add(a8.add(a9)).add(a10.add(a11));
        return low.add(high).reduceLanes(VectorOperators.ADD);
    }
}
