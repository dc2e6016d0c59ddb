package dev.nemotron.cli;

import dev.nemotron.BackendChoice;
import dev.nemotron.KvCacheType;
import dev.nemotron.ModelOptions;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How a model is loaded. */
final class ModelOptionsMixin {

    @Option(
            names = "--backend",
            paramLabel = "auto|vector|scalar",
            description = "What computes: the fastest that runs here (auto), SIMD (vector), plain code (scalar).")
    private @Nullable BackendChoice backend;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Threads that compute; by default one for each processor.")
    private int threads;

    @Option(
            names = "--kv",
            paramLabel = "bf16|f32",
            description = "How keys and values of attention are kept; bf16 by default.")
    private KvCacheType kv = KvCacheType.BF16;

    @Option(
            names = "--context",
            paramLabel = "N",
            description =
                    "Longest sequence in tokens, prompt and answer together; by default what model and memory allow.")
    private int context;

    @Option(
            names = "--prepared",
            paramLabel = "FILE",
            description = "What prepare --to has written; by default " + ModelOptions.PREPARED_FILE
                    + " in the model folder, if it is there.")
    private @Nullable Path prepared;

    /**
     * Collects the options.
     *
     * @return the options
     * @throws IllegalArgumentException if a number is out of range
     */
    ModelOptions toOptions() {
        return toOptions(BackendChoice.AUTO);
    }

    /**
     * Collects the options.
     *
     * @param unasked what computes where no option says
     * @return the options
     * @throws IllegalArgumentException if a number is out of range
     */
    ModelOptions toOptions(BackendChoice unasked) {
        ModelOptions.Builder builder = ModelOptions.builder()
                .backend(backend == null ? unasked : backend)
                .threads(threads)
                .kvCache(kv)
                .contextTokens(context);
        if (prepared != null) {
            builder.preparedFile(prepared);
        }
        return builder.build();
    }
}
