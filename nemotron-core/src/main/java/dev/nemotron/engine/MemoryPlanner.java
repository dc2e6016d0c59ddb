package dev.nemotron.engine;

import dev.nemotron.InsufficientMemoryException;
import dev.nemotron.KvCacheType;
import dev.nemotron.MemoryPlan;
import dev.nemotron.ModelOptions;
import dev.nemotron.arch.Architecture.Description;
import dev.nemotron.checkpoint.Checkpoint;
import dev.nemotron.engine.events.Cliffs;
import dev.nemotron.format.WeightInventory;
import dev.nemotron.kernel.KvPages;
import java.nio.file.Path;

/** Adds up what a model needs, before anything is loaded. */
final class MemoryPlanner {

    private static final long MB = 1 << 20;

    private MemoryPlanner() {}

    static MemoryPlan plan(Checkpoint checkpoint, Description model, ModelOptions options) {
        MachineMemory machine = MachineMemory.now();
        int context = options.contextTokens() > 0 ? options.contextTokens() : model.maxContextTokens();
        KvPages.Type kv = options.kvCache() == KvCacheType.F32 ? KvPages.Type.F32 : KvPages.Type.BF16;
        long rows = options.prefillTokens() + (long) options.maxSequences();
        long scratch = (rows * model.scratchFloatsPerRow() + (long) options.maxSequences() * model.vocabularySize())
                * Float.BYTES;
        return new MemoryPlan(
                WeightInventory.bytesByFormat(checkpoint),
                model.stateBytes(),
                model.kvElementsPerToken() * kv.bytes(),
                scratch,
                context,
                options.maxSequences(),
                machine.total(),
                machine.available());
    }

    /** Refuses what cannot fit, with the numbers. */
    static void requireFit(MemoryPlan plan, Path folder) {
        if (!plan.fits()) {
            throw new InsufficientMemoryException(folder + ": needs at least " + plan.minimum() / MB + " MB (weights "
                    + plan.weights() / MB + " MB, scratch " + plan.scratch() / MB + " MB, one sequence "
                    + plan.statePerSequence() / MB + " MB), this machine has " + plan.machineTotal() / MB
                    + " MB; a smaller or more strongly quantised model fits, or fewer maxSequences and prefillTokens");
        }
    }

    /** Warns of weights that will be read from disk again and again, which is said of nothing that fits. */
    static void warnOfPaging(MemoryPlan plan) {
        if (!plan.fitsWithoutPaging()) {
            Cliffs.report(
                    "the model needs " + plan.minimum() / MB + " MB (weights " + plan.weights() / MB + " MB) and "
                            + plan.machineAvailable() / MB
                            + " MB are free, so that weights are read from disk again for every token",
                    "End other programs or give the container more memory; a smaller or more strongly quantised model"
                            + " fits.");
        }
    }
}
