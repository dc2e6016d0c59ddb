package dev.nemotron.engine;

import dev.nemotron.BackendReport;
import dev.nemotron.ChatRequest;
import dev.nemotron.ChatStream;
import dev.nemotron.Generation;
import dev.nemotron.GenerationCancelledException;
import dev.nemotron.GenerationRequest;
import dev.nemotron.Logits;
import dev.nemotron.MemoryPlan;
import dev.nemotron.ModelInfo;
import dev.nemotron.ModelOptions;
import dev.nemotron.Sampling;
import dev.nemotron.arch.Architecture;
import dev.nemotron.arch.Architectures;
import dev.nemotron.arch.CausalModel;
import dev.nemotron.arch.Work;
import dev.nemotron.checkpoint.Checkpoint;
import dev.nemotron.engine.events.FlightRecording;
import dev.nemotron.spi.Backend;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A model folder that has been opened, checked and given a backend and an engine. Thread-safe. */
public final class LoadedModel implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger("dev.nemotron");

    private final Checkpoint checkpoint;
    private final Backend backend;
    private final CausalModel model;
    private final Engine engine;
    private final ModelOptions options;
    private final MemoryPlan plan;
    private final ModelInfo info;
    private final Sampling defaultSampling;
    private final TextSide text;
    private final Generations generations;
    private boolean closed;

    private LoadedModel(
            Checkpoint checkpoint,
            Backend backend,
            Architecture.Description description,
            CausalModel model,
            ModelOptions options,
            MemoryPlan plan,
            TextSide text) {
        this.checkpoint = checkpoint;
        this.backend = backend;
        this.model = model;
        this.options = options;
        this.plan = plan;
        this.text = text;
        this.defaultSampling = SamplingDefaults.of(checkpoint.optionalJson("generation_config.json"));
        this.info = ModelFacts.of(checkpoint, description, model.draftHead() != null, text);
        this.engine = new Engine(
                model,
                backend,
                options.maxSequences(),
                options.prefillTokens(),
                failure -> explain(checkpoint, failure));
        this.generations = new Generations(engine, text, model.vocabularySize(), plan, defaultSampling);
    }

    /**
     * Opens a folder.
     *
     * @param folder the model folder
     * @param options how to load it
     * @return the model, ready to generate
     */
    public static LoadedModel load(Path folder, ModelOptions options) {
        return load(folder, options, UnaryOperator.identity());
    }

    /**
     * Opens a folder and looks over the backend's shoulder.
     *
     * @param folder the model folder
     * @param options how to load it
     * @param instrument wraps the backend before anything is given to it
     * @return the model, ready to generate
     */
    public static LoadedModel load(Path folder, ModelOptions options, UnaryOperator<Backend> instrument) {
        FlightRecording.Load recording = FlightRecording.load();
        LoadedModel loaded = open(folder, options, instrument);
        try {
            loaded.warmUp();
        } catch (RuntimeException | Error e) {
            loaded.close();
            throw e;
        }
        recording.done(folder, loaded.plan.weights(), loaded.backend().toString());
        return loaded;
    }

    private static LoadedModel open(Path folder, ModelOptions options, UnaryOperator<Backend> instrument) {
        long begin = System.nanoTime();
        Checkpoint checkpoint = Checkpoint.open(folder);
        Backend backend = null;
        try {
            Architecture architecture = Architectures.of(checkpoint.config());
            Architecture.Description description = architecture.describe(checkpoint.config());
            MemoryPlan plan = MemoryPlanner.plan(checkpoint, description, options);
            MemoryPlanner.requireFit(plan, folder);
            checkpoint = PreparedModel.choose(checkpoint, plan, options);
            MemoryPlanner.warnOfPaging(plan);
            TextSide text = TextSide.open(checkpoint, description.vocabularySize());
            backend = instrument.apply(BackendSelection.start(options));
            CausalModel model = architecture.load(checkpoint, backend);
            LoadedModel loaded = new LoadedModel(checkpoint, backend, description, model, options, plan, text);
            LOG.log(
                    System.Logger.Level.INFO,
                    "loaded {0} in {1} ms: {2} blocks, {3} MB of weights",
                    folder.getFileName(),
                    (System.nanoTime() - begin) / 1_000_000,
                    description.blocks().size(),
                    plan.weights() >> 20);
            return loaded;
        } catch (RuntimeException | Error e) {
            if (backend != null) {
                backend.close();
            }
            checkpoint.close();
            throw e;
        }
    }

    private void warmUp() {
        if (!options.warmUp().isZero()) {
            measure(probe -> new WarmUp(probe, options.maxSequences()).run(options.warmUp()));
        }
    }

    /**
     * Plans without loading.
     *
     * @param folder the model folder
     * @param options how it would be loaded
     * @return what it would need
     */
    public static MemoryPlan plan(Path folder, ModelOptions options) {
        try (Checkpoint checkpoint = Checkpoint.open(folder)) {
            return MemoryPlanner.plan(
                    checkpoint, Architectures.of(checkpoint.config()).describe(checkpoint.config()), options);
        }
    }

    /**
     * What the model is.
     *
     * @return the facts
     */
    public ModelInfo info() {
        return info;
    }

    /**
     * How tokens are drawn when a request does not say.
     *
     * @return what the folder says, or plain sampling
     */
    public Sampling defaultSampling() {
        return defaultSampling;
    }

    /**
     * What the model needs.
     *
     * @return the plan that it was loaded with
     */
    public MemoryPlan plan() {
        return plan;
    }

    /**
     * Where the model computes.
     *
     * @return the backend
     */
    public BackendReport backend() {
        return backend.report();
    }

    /**
     * Tokens and templates.
     *
     * @return the text side of the model
     */
    public TextSide text() {
        return text;
    }

    /**
     * Continues text or tokens.
     *
     * @param request what to generate
     * @return the continuation in progress
     */
    public Generation stream(GenerationRequest request) {
        return generations.start(request);
    }

    /**
     * Answers a conversation.
     *
     * @param request the conversation
     * @return the answer in progress
     */
    public ChatStream stream(ChatRequest request) {
        return generations.start(request);
    }

    /**
     * Begins a conversation that keeps its state.
     *
     * @return the conversation, without turns
     */
    public SessionTurns session() {
        return new SessionTurns(generations, engine, text);
    }

    /**
     * Computes raw scores.
     *
     * @param ids the sequence
     * @param positions the positions wanted
     * @param drafts how many recursive steps of the draft head
     * @return the scores
     */
    public Logits logits(List<Integer> ids, List<Integer> positions, int drafts) {
        int[] tokens = ids.stream().mapToInt(Integer::intValue).toArray();
        List<Integer> wanted = new ArrayList<>(positions);
        LogitsProbe.check(model, tokens, wanted, drafts);
        LogitsProbe probe = new LogitsProbe(model, backend, options.prefillTokens());
        return await(engine.run(() -> probe.compute(tokens, wanted, drafts)));
    }

    /**
     * Counts what the steps of the model cost.
     *
     * @return the cost
     */
    public Work work() {
        return Architectures.of(checkpoint.config()).work(checkpoint);
    }

    /**
     * Times steps, between those of answers in progress.
     *
     * @param <T> what is returned
     * @param measurement uses the probe, on the engine's thread
     * @return what the measurement returns
     */
    public <T> T measure(Function<SpeedProbe, T> measurement) {
        return await(engine.run(() -> measurement.apply(new SpeedProbe(model, backend, options.prefillTokens()))));
    }

    private <T> T await(FutureTask<T> task) {
        try {
            return task.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new GenerationCancelledException("interrupted while scores were computed");
        } catch (CancellationException e) {
            throw new IllegalStateException("the model was closed while scores were computed", e);
        } catch (ExecutionException e) {
            throw explain(checkpoint, e.getCause());
        }
    }

    /** Says in the caller's terms what went wrong below. */
    private static RuntimeException explain(Checkpoint checkpoint, @Nullable Throwable failure) {
        if (failure instanceof RuntimeException exception) {
            return exception;
        }
        if (failure instanceof InternalError fault) {
            try {
                return checkpoint.explain(fault);
            } catch (InternalError unrelated) {
                return new IllegalStateException("the computation failed: " + unrelated, unrelated);
            }
        }
        return new IllegalStateException("the computation failed: " + failure, failure);
    }

    /** Cancels what is being generated, then gives everything back. */
    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            engine.close();
            backend.close();
            checkpoint.close();
        }
    }
}
