package dev.nemotron.examples;

import dev.nemotron.KvCacheType;
import dev.nemotron.MemoryPlan;
import dev.nemotron.Model;
import dev.nemotron.ModelOptions;
import dev.nemotron.tiny.TinyModel;
import java.nio.file.Path;
import java.util.Locale;

/** Tells what a model would need, without loading it. */
public final class PlanMemory {

    private static final double MEGABYTE = 1e6;

    private PlanMemory() {}

    /**
     * Plans for a folder.
     *
     * @param args the folder; the tiny model without one
     */
    public static void main(String... args) {
        Path folder = args.length > 0 ? Path.of(args[0]) : TinyModel.path();
        ModelOptions options = ModelOptions.builder()
                .contextTokens(2048)
                .maxSequences(8)
                .kvCache(KvCacheType.BF16)
                .build();
        MemoryPlan plan = Model.plan(folder, options);

        plan.weightsByFormat().forEach((format, bytes) -> print("weights in " + format, bytes));
        print("state of a sequence", plan.statePerSequence());
        print("keys and values of a token", plan.kvPerToken());
        print("a sequence of " + plan.contextTokens() + " tokens", plan.sequenceAtFullContext());
        print("scratch", plan.scratch());
        print("this machine has", plan.machineAvailable());
        System.out.println(plan.fits() ? "it fits" : "it does not fit");
    }

    private static void print(String what, long bytes) {
        System.out.printf(Locale.ROOT, "%-30s %12.3f MB%n", what, bytes / MEGABYTE);
    }
}
