package dev.nemotron.bench;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How long a user waits at the beginning.
 *
 * @param threads with how many threads
 * @param load loading the model into a JVM that runs
 * @param warmFirstToken from a request with a short prompt to its first token, once everything has been compiled
 * @param coldFirstToken from the start of a fresh process to the first token of the same prompt, or null where not measured
 */
record Startup(
        int threads,
        Duration load,
        Duration warmFirstToken,
        @Nullable Duration coldFirstToken) {}
