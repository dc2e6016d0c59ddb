package dev.nemotron;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a model needs and what this machine has, in bytes. Weights are mapped and shared with other processes; everything else
 * is memory of this process outside the Java heap.
 *
 * @param weightsByFormat the weights, by the format that they are stored in
 * @param statePerSequence what each sequence holds whatever its length
 * @param kvPerToken what each token of a sequence adds
 * @param scratch the memory between operations, at full batch
 * @param contextTokens the longest sequence allowed
 * @param sequences the sequences computed at once
 * @param machineTotal the memory of this machine, or of its container
 * @param machineAvailable what of it can still be had without paging
 */
public record MemoryPlan(
        SortedMap<String, Long> weightsByFormat,
        long statePerSequence,
        long kvPerToken,
        long scratch,
        int contextTokens,
        int sequences,
        long machineTotal,
        long machineAvailable) {

    /** Copies the map. */
    public MemoryPlan {
        weightsByFormat = Collections.unmodifiableSortedMap(new TreeMap<>(weightsByFormat));
    }

    /**
     * The weights of all formats.
     *
     * @return the sum in bytes
     */
    public long weights() {
        return weightsByFormat.values().stream().mapToLong(Long::longValue).sum();
    }

    /**
     * One sequence at full length.
     *
     * @return the size in bytes
     */
    public long sequenceAtFullContext() {
        return statePerSequence + kvPerToken * contextTokens;
    }

    /**
     * The least memory to run at all: all weights, scratch, and one sequence of one token.
     *
     * @return the size in bytes
     */
    public long minimum() {
        return weights() + scratch + statePerSequence + kvPerToken;
    }

    /**
     * Whether the minimum fits at all.
     *
     * @return whether {@link #minimum} is at most {@link #machineTotal}; where it is not, loading is refused
     */
    public boolean fits() {
        return minimum() <= machineTotal;
    }

    /**
     * Whether the minimum fits beside what else runs on this machine.
     *
     * @return whether {@link #minimum} is at most {@link #machineAvailable}; where it is not, weights are read from disk
     *     again and again
     */
    public boolean fitsWithoutPaging() {
        return minimum() <= machineAvailable;
    }
}
