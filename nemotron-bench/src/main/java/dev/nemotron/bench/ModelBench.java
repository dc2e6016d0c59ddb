package dev.nemotron.bench;

import dev.nemotron.Generation;
import dev.nemotron.GenerationRequest;
import dev.nemotron.GenerationResult;
import dev.nemotron.ModelOptions;
import dev.nemotron.Sampling;
import dev.nemotron.arch.Work;
import dev.nemotron.bench.Result.StateBytes;
import dev.nemotron.engine.LoadedModel;
import dev.nemotron.engine.SpeedProbe;
import dev.nemotron.engine.SpeedProbe.Context;
import dev.nemotron.engine.SpeedProbe.Decoding;
import dev.nemotron.spi.Backend;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** A model, loaded with a number of threads, and the measurements on it. */
final class ModelBench implements AutoCloseable {

    private static final int FEWEST_WARM_UP_STEPS = 2;

    /** How many times as long as asked for a warm-up may take. */
    private static final int MOST_WARM_UPS = 10;

    /** Less than a kernel leaves on the heap in one step before it is compiled. */
    private static final long BYTES_WHEN_COMPILED = 256 << 10;

    private final BenchSettings settings;
    private final int threads;
    private final Supplier<MachineLimits> limits;
    private final LoadedModel model;
    private final Duration loadTime;
    private final Work work;
    private final StateBytes state;
    private final AllocationMeter allocation;

    /**
     * Loads the model.
     *
     * @param threads how many threads compute
     * @param limits measures the machine, which others may share: before each row, so that its limit is one of the moment
     * @param instrument wraps the backend
     */
    ModelBench(BenchSettings settings, int threads, Supplier<MachineLimits> limits, UnaryOperator<Backend> instrument) {
        this.settings = settings;
        this.threads = threads;
        this.limits = limits;
        long start = System.nanoTime();
        model = LoadedModel.load(
                settings.folder(),
                ModelOptions.builder()
                        .threads(threads)
                        .contextTokens(settings.contextTokens())
                        .maxSequences(settings.sequences())
                        .build(),
                instrument);
        loadTime = Duration.ofNanos(System.nanoTime() - start);
        work = model.work();
        state = new StateBytes(model.plan().statePerSequence(), model.plan().kvPerToken());
        allocation = new AllocationMeter();
    }

    LoadedModel model() {
        return model;
    }

    Duration loadTime() {
        return loadTime;
    }

    /**
     * Measures every combination.
     *
     * @param listener takes each row as soon as it is there
     * @return all rows
     */
    List<Result> run(Consumer<Result> listener) {
        List<Result> results = new ArrayList<>();
        for (int context : settings.contexts()) {
            results.addAll(model.measure(probe -> run(probe, context, listener)));
        }
        Result generate = generate();
        listener.accept(generate);
        results.add(generate);
        return results;
    }

    private List<Result> run(SpeedProbe probe, int context, Consumer<Result> listener) {
        List<Result> results = new ArrayList<>();
        try (Context before = probe.begin()) {
            if (context > 0) {
                probe.prefill(before, context);
            }
            results.add(prefill(probe, before, context, settings.runs(), limits.get()));
            listener.accept(results.getLast());
            for (int batch : settings.batches()) {
                results.add(decode(probe, before, context, batch, settings.runs(), limits.get()));
                listener.accept(results.getLast());
            }
        }
        return results;
    }

    /** One prefill and one decode run of a single sequence without context, for comparisons in turns. */
    List<Result> runOnce() {
        return model.measure(probe -> {
            try (Context before = probe.begin()) {
                MachineLimits machine = limits.get();
                return List.of(prefill(probe, before, 0, 1, machine), decode(probe, before, 0, 1, 1, machine));
            }
        });
    }

    /** Decodes one sequence, and computes one prompt, timed operation by operation. */
    Profile profile(OperationProfile profile) {
        return model.measure(probe -> {
            try (Context before = probe.begin()) {
                MachineLimits machine = limits.get();
                return new Profile(
                        machine, profileDecode(profile, probe, before), profilePrefill(profile, probe, before));
            }
        });
    }

    private List<OperationProfile.Line> profileDecode(OperationProfile profile, SpeedProbe probe, Context before) {
        int steps = settings.generatedTokens();
        try (Decoding decoding = probe.decode(before, 1)) {
            warmUp(decoding::step, settings.warmUp());
        }
        try (Decoding decoding = probe.decode(before, 1)) {
            profile.reset(0);
            long nanos = 0;
            for (int step = 0; step < steps; step++) {
                nanos += decoding.step();
            }
            return profile.lines(steps, nanos);
        }
    }

    private List<OperationProfile.Line> profilePrefill(OperationProfile profile, SpeedProbe probe, Context before) {
        int tokens = settings.promptTokens();
        warmUp(() -> prefillOnce(probe, before, tokens), settings.warmUp());
        profile.reset(0);
        return profile.lines(1, prefillOnce(probe, before, tokens));
    }

    private Result prefill(SpeedProbe probe, Context before, int context, int runs, MachineLimits machine) {
        int tokens = settings.promptTokens();
        warmUp(() -> prefillOnce(probe, before, tokens), settings.warmUp());
        double[] speeds = new double[runs];
        long allocatedBefore = allocation.sum();
        for (int run = 0; run < runs; run++) {
            speeds[run] = tokens * 1e9 / prefillOnce(probe, before, tokens);
        }
        double allocated = (double) allocation.since(allocatedBefore) / ((long) runs * tokens);
        double limit = Result.prefillLimit(machine, work, state, tokens, context);
        return new Result("prefill", threads, 1, context, Speed.of(speeds), limit, allocated);
    }

    private static long prefillOnce(SpeedProbe probe, Context before, int tokens) {
        try (Context sequence = before.fork()) {
            return probe.prefill(sequence, tokens);
        }
    }

    private Result decode(SpeedProbe probe, Context before, int context, int batch, int runs, MachineLimits machine) {
        int steps = settings.generatedTokens();
        double[] speeds = new double[runs];
        long allocated = 0;
        for (int run = 0; run < runs; run++) {
            try (Decoding decoding = probe.decode(before, batch)) {
                warmUp(decoding::step, run == 0 ? settings.warmUp() : Duration.ZERO);
            }
            try (Decoding decoding = probe.decode(before, batch)) {
                long nanos = 0;
                long allocatedBefore = allocation.sum();
                for (int step = 0; step < steps; step++) {
                    nanos += decoding.step();
                }
                allocated += allocation.since(allocatedBefore);
                speeds[run] = batch * steps * 1e9 / nanos;
            }
        }
        double meanContext = context + (steps - 1) / 2.0;
        double limit = Result.decodeLimit(machine, work, state, batch, meanContext);
        double perToken = (double) allocated / ((long) runs * batch * steps);
        return new Result("decode", threads, batch, context, Speed.of(speeds), limit, perToken);
    }

    /**
     * Runs for a while, and longer as long as vectors are still made on the heap, which ends when the compiler gets to the
     * last kernel.
     */
    private void warmUp(Runnable step, Duration time) {
        long start = System.nanoTime();
        for (int steps = 1; true; steps++) {
            long before = allocation.sum();
            step.run();
            boolean compiled = allocation.since(before) < BYTES_WHEN_COMPILED;
            long enough = time.toNanos() * (compiled ? 1 : MOST_WARM_UPS);
            if (steps >= FEWEST_WARM_UP_STEPS && System.nanoTime() - start >= enough) {
                return;
            }
        }
    }

    /** The same through the engine's front door: sampling, text and all. */
    private Result generate() {
        int tokens = settings.generatedTokens();
        MachineLimits machine = limits.get();
        answer(tokens);
        double[] speeds = new double[settings.runs()];
        long allocated = 0;
        for (int run = 0; run < speeds.length; run++) {
            long allocatedBefore = allocation.sum();
            GenerationResult result = answer(tokens);
            allocated += allocation.since(allocatedBefore);
            speeds[run] = result.timings().generatedTokensPerSecond(result.usage());
        }
        double meanContext = BenchSettings.SHORT_PROMPT + tokens / 2.0;
        double limit = Result.decodeLimit(machine, work, state, 1, meanContext);
        double perToken = (double) allocated / ((long) speeds.length * (tokens + BenchSettings.SHORT_PROMPT));
        return new Result("generate", threads, 1, BenchSettings.SHORT_PROMPT, Speed.of(speeds), limit, perToken);
    }

    /** From a request to its first token; the best of the runs, since compilation may go on beside the first ones. */
    Duration firstToken() {
        Duration best = Duration.ofDays(1);
        for (int run = 0; run < settings.runs(); run++) {
            long start = System.nanoTime();
            answer(1);
            Duration time = Duration.ofNanos(System.nanoTime() - start);
            best = time.compareTo(best) < 0 ? time : best;
        }
        return best;
    }

    private GenerationResult answer(int tokens) {
        GenerationRequest request = GenerationRequest.tokens(
                        shortPrompt(model.info().vocabularySize()))
                .maxTokens(tokens)
                .ignoreEndTokens(true)
                .sampling(Sampling.GREEDY)
                .build();
        try (Generation generation = model.stream(request)) {
            return generation.result();
        }
    }

    /** Tokens from all over the vocabulary. */
    static List<Integer> shortPrompt(int vocabulary) {
        return new ArrayList<>(IntStream.range(0, BenchSettings.SHORT_PROMPT)
                .mapToObj(i -> (int) ((i * 2_654_435_761L + 1000) % vocabulary))
                .toList());
    }

    @Override
    public void close() {
        model.close();
    }
}
