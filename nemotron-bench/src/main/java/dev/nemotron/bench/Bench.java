package dev.nemotron.bench;

import dev.nemotron.ModelOptions;
import dev.nemotron.engine.LoadedModel;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Measures a model and the machine in one run, for each number of threads in turn. */
final class Bench {

    private final BenchSettings settings;
    private final IntFunction<MachineLimits> limits;
    private final Consumer<String> progress;
    private final List<MachineLimits> machines = new ArrayList<>();
    private final List<Startup> startups = new ArrayList<>();
    private final List<Result> results = new ArrayList<>();

    Bench(BenchSettings settings, IntFunction<MachineLimits> limits, Consumer<String> progress) {
        this.settings = settings;
        this.limits = limits;
        this.progress = progress;
    }

    /**
     * Measures everything.
     *
     * @return the report
     * @throws IOException if a process that is measured cannot be started or fails
     */
    Report run() throws IOException {
        // An unusable folder is refused in its own words, before anything is timed.
        LoadedModel.plan(settings.folder(), ModelOptions.builder().build());
        Report report = null;
        for (int threads : settings.threads()) {
            report = run(threads);
        }
        return Objects.requireNonNull(report, "no number of threads");
    }

    private Report run(int threads) throws IOException {
        progress.accept("measuring the machine with " + threads + (threads == 1 ? " thread" : " threads"));
        machines.add(limits.apply(threads));
        Duration cold = settings.cold() ? coldStart(threads) : null;
        progress.accept("loading " + settings.folder());
        try (ModelBench bench =
                new ModelBench(settings, threads, () -> limits.apply(threads), UnaryOperator.identity())) {
            if (!bench.model().plan().fitsWithoutPaging()) {
                progress.accept(ReportTable.paging(bench.model().plan()));
            }
            results.addAll(bench.run(result -> progress.accept(ReportTable.line(result))));
            startups.add(new Startup(threads, bench.loadTime(), bench.firstToken(), cold));
            boolean last = threads == settings.threads().getLast();
            return new Report(
                    bench.model().info(),
                    bench.model().plan(),
                    bench.model().backend(),
                    machines,
                    startups,
                    results,
                    last ? profile(threads) : null,
                    last ? compare(bench) : null);
        }
    }

    private Duration coldStart(int threads) throws IOException {
        progress.accept("timing the first token of a fresh process");
        return ColdStart.measure(settings.folder(), threads, 1, List.of()).generated();
    }

    /** Loads the model once more, since timing every operation costs a little. */
    private @Nullable Profile profile(int threads) {
        if (!settings.profile()) {
            return null;
        }
        progress.accept("timing operations");
        OperationProfile profile = new OperationProfile();
        try (ModelBench bench = new ModelBench(settings, threads, () -> limits.apply(threads), profile::instrument)) {
            return bench.profile(profile);
        }
    }

    private @Nullable Comparison compare(ModelBench bench) throws IOException {
        if (settings.peer() == null) {
            return null;
        }
        Peer peer = new Peer(
                settings.peer(), settings.promptTokens(), settings.threads().getLast());
        for (int run = 0; run < settings.runs(); run++) {
            progress.accept("in turns with the peer: " + (run + 1) + " of " + settings.runs());
            peer.add(bench.runOnce());
        }
        return peer.comparison();
    }
}
