package dev.nemotron.bench;

import dev.nemotron.GenerationRequest;
import dev.nemotron.Model;
import dev.nemotron.ModelOptions;
import dev.nemotron.Sampling;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The time from the start of a process to its first token. The process is this class itself, in a JVM of its own. */
final class ColdStart {

    private static final String FIRST_TOKEN = "first token";

    private ColdStart() {}

    /**
     * Starts a process and waits for its first token.
     *
     * @param folder the model
     * @param threads with how many threads
     * @return from the start of the process to its first token
     * @throws IOException if the process cannot be started, or ends without a token
     */
    static Duration measure(Path folder, int threads) throws IOException {
        long start = System.nanoTime();
        Process process = new ProcessBuilder(command(folder, threads))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (BufferedReader output = process.inputReader()) {
            if (!FIRST_TOKEN.equals(output.readLine())) {
                throw new IOException(folder + ": a fresh process ended without a token; --no-cold leaves it out");
            }
            return Duration.ofNanos(System.nanoTime() - start);
        } finally {
            process.destroy();
        }
    }

    private static List<String> command(Path folder, int threads) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.startsWith("-X"))
                .forEach(command::add);
        command.addAll(List.of("--add-modules", "jdk.incubator.vector"));
        String modulePath = System.getProperty("jdk.module.path");
        String main = ColdStart.class.getName();
        if (modulePath != null && ColdStart.class.getModule().isNamed()) {
            String module = ColdStart.class.getModule().getName();
            command.addAll(List.of("-p", modulePath, "-m", module + "/" + main));
        } else {
            command.addAll(List.of("-cp", Objects.requireNonNull(System.getProperty("java.class.path")), main));
        }
        command.addAll(List.of(folder.toString(), String.valueOf(threads)));
        return command;
    }

    /**
     * Loads a model, says when it has generated a token, and ends.
     *
     * @param arguments the model's folder and the number of threads
     */
    public static void main(String[] arguments) {
        ModelOptions options =
                ModelOptions.builder().threads(Integer.parseInt(arguments[1])).build();
        try (Model model = Model.load(Path.of(arguments[0]), options)) {
            model.generate(GenerationRequest.tokens(
                            ModelBench.shortPrompt(model.info().vocabularySize()))
                    .maxTokens(1)
                    .ignoreEndTokens(true)
                    .sampling(Sampling.GREEDY)
                    .build());
            PrintStream out = System.out;
            out.println(FIRST_TOKEN);
        }
    }
}
