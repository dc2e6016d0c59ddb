package dev.nemotron;

import dev.nemotron.engine.PreparedModel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How a model is loaded. Immutable.
 *
 * @param backend which backend is wanted
 * @param onDegraded what happens when the fastest one cannot be used
 * @param threads the threads that compute; 0 means one for each processor that the JVM may use
 * @param kvCache how keys and values are stored
 * @param contextTokens the longest sequence, prompt and answer together; 0 means as long as the model was made for and the
 *     memory allows
 * @param maxSequences how many sequences are computed at once; further ones wait
 * @param prefillTokens how many prompt tokens are computed in one step; few make prompts slow, of experts above all
 * @param preparedFile where {@link Model#prepare} has written; null means {@link #PREPARED_FILE} in the model's folder
 * @param warmUp how long loading may go on computing random tokens, so that the first answer is as fast as later ones; zero
 *     means not at all
 */
public record ModelOptions(
        BackendChoice backend,
        OnDegraded onDegraded,
        int threads,
        KvCacheType kvCache,
        int contextTokens,
        int maxSequences,
        int prefillTokens,
        @Nullable Path preparedFile,
        Duration warmUp) {

    /** How long {@link Builder#warmUp(boolean)} may take: enough to compile all kernels on a machine that is not busy. */
    public static final Duration WARM_UP_LIMIT = Duration.ofSeconds(10);

    /** The name of the file that {@link Model#prepare} writes into the model's folder and {@link Model#load} looks for there. */
    public static final String PREPARED_FILE = PreparedModel.FILE_NAME;

    private static final Duration LONGEST_WARM_UP = Duration.ofHours(1);

    /** The options that are used when none are given. */
    public static final ModelOptions DEFAULT = builder().build();

    /**
     * Checks the options.
     *
     * @throws IllegalArgumentException if a number is out of range
     */
    public ModelOptions {
        Objects.requireNonNull(backend, "backend");
        Objects.requireNonNull(onDegraded, "onDegraded");
        Objects.requireNonNull(kvCache, "kvCache");
        Objects.requireNonNull(warmUp, "warmUp");
        requireRange("threads", threads, 0, 1024);
        requireRange("contextTokens", contextTokens, 0, 1 << 24);
        requireRange("maxSequences", maxSequences, 1, 4096);
        requireRange("prefillTokens", prefillTokens, 1, 1 << 16);
        if (warmUp.isNegative() || warmUp.compareTo(LONGEST_WARM_UP) > 0) {
            throw new IllegalArgumentException(
                    "warmUp must be from " + Duration.ZERO + " to " + LONGEST_WARM_UP + ", found " + warmUp);
        }
    }

    private static void requireRange(String name, int value, int min, int max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(name + " must be from " + min + " to " + max + ", found " + value);
        }
    }

    /**
     * Starts from the defaults.
     *
     * @return a builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /** Collects options. */
    public static final class Builder {
        private BackendChoice backend = BackendChoice.AUTO;
        private OnDegraded onDegraded = OnDegraded.WARN;
        private int threads;
        private KvCacheType kvCache = KvCacheType.BF16;
        private int contextTokens;
        private int maxSequences = 64;
        private int prefillTokens = 512;
        private @Nullable Path preparedFile;
        private Duration warmUp = Duration.ZERO;

        private Builder() {}

        /**
         * Sets which backend is wanted.
         *
         * @param value the backend; {@link BackendChoice#AUTO} by default
         * @return this
         */
        public Builder backend(BackendChoice value) {
            backend = value;
            return this;
        }

        /**
         * Sets what happens when the fastest backend cannot be used.
         *
         * @param value {@link OnDegraded#WARN} by default
         * @return this
         */
        public Builder onDegraded(OnDegraded value) {
            onDegraded = value;
            return this;
        }

        /**
         * Sets the threads that compute.
         *
         * @param value 0, the default, means one for each processor that the JVM may use
         * @return this
         */
        public Builder threads(int value) {
            threads = value;
            return this;
        }

        /**
         * Sets how keys and values are stored.
         *
         * @param value {@link KvCacheType#BF16} by default
         * @return this
         */
        public Builder kvCache(KvCacheType value) {
            kvCache = value;
            return this;
        }

        /**
         * Sets the longest sequence, prompt and answer together.
         *
         * @param value in tokens; 0, the default, means as long as the model was made for and the memory allows
         * @return this
         */
        public Builder contextTokens(int value) {
            contextTokens = value;
            return this;
        }

        /**
         * Sets how many sequences are computed at once.
         *
         * @param value 64 by default; further sequences wait
         * @return this
         */
        public Builder maxSequences(int value) {
            maxSequences = value;
            return this;
        }

        /**
         * Sets how many prompt tokens are computed in one step.
         *
         * @param value 512 by default; more make long prompts faster, fewer take less memory and keep answers in progress waiting
         *     less
         * @return this
         */
        public Builder prefillTokens(int value) {
            prefillTokens = value;
            return this;
        }

        /**
         * Sets where {@link Model#prepare} has written, if not beside the weights. A file that is missing or belongs to other
         * weights is an error then, not a hint.
         *
         * @param value the file
         * @return this
         */
        public Builder preparedFile(Path value) {
            preparedFile = value;
            return this;
        }

        /**
         * Sets whether loading warms up: it then also computes random tokens, for prompts and answers of one and of a few
         * sequences, until that stops getting faster or {@link ModelOptions#WARM_UP_LIMIT} is over. Afterwards the kernels
         * are compiled and weights that were read are in memory. Without it, the first answer does that work.
         *
         * @param value false by default
         * @return this
         */
        public Builder warmUp(boolean value) {
            return warmUp(value ? WARM_UP_LIMIT : Duration.ZERO);
        }

        /**
         * Sets how long loading may warm up; see {@link #warmUp(boolean)}. It ends sooner when it has reached full speed, and
         * later by no more than one step.
         *
         * @param limit zero, the default, means not at all
         * @return this
         */
        public Builder warmUp(Duration limit) {
            warmUp = limit;
            return this;
        }

        /**
         * Makes the options.
         *
         * @return the options
         * @throws IllegalArgumentException if a number is out of range
         */
        public ModelOptions build() {
            return new ModelOptions(
                    backend,
                    onDegraded,
                    threads,
                    kvCache,
                    contextTokens,
                    maxSequences,
                    prefillTokens,
                    preparedFile,
                    warmUp);
        }
    }
}
