package dev.nemotron.bench;

import dev.nemotron.BackendReport;
import dev.nemotron.MemoryPlan;
import dev.nemotron.ModelInfo;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything that was measured in one run.
 *
 * @param model what was measured
 * @param plan the sizes of the model
 * @param backend where it computed
 * @param machines the limits of the machine, for each number of threads
 * @param startups how long loading and the first token took, for each number of threads
 * @param results the rows
 * @param profile where the time goes with the last number of threads, or null
 * @param comparison the pace of a peer beside ours, or null
 */
record Report(
        ModelInfo model,
        MemoryPlan plan,
        BackendReport backend,
        List<MachineLimits> machines,
        List<Startup> startups,
        List<Result> results,
        @Nullable Profile profile,
        @Nullable Comparison comparison) {

    Report {
        machines = List.copyOf(machines);
        startups = List.copyOf(startups);
        results = List.copyOf(results);
    }
}
