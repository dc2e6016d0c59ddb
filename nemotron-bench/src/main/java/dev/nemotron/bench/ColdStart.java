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

/**
 * A process that starts, loads a model, generates, and ends: this class itself in a JVM of its own, seen from outside.
 *
 * @param loaded from the start of the process until the model was loaded
 * @param generated from the start of the process until the last token was there
 * @param heapBytes what the Java heap held in the end
 */
record ColdStart(Duration loaded, Duration generated, long heapBytes) {

    private static final String LOADED = "loaded";
    private static final String GENERATED = "generated";

    /**
     * Starts a process and waits for its tokens.
     *
     * @param folder the model
     * @param threads with how many threads
     * @param tokens how many are generated
     * @param options of the JVM, besides those of this one
     * @return how it went
     * @throws IOException if the process cannot be started, or ends too early
     */
    static ColdStart measure(Path folder, int threads, int tokens, List<String> options) throws IOException {
        List<String> command = command(options);
        command.addAll(List.of(folder.toString(), String.valueOf(threads), String.valueOf(tokens)));
        long start = System.nanoTime();
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (BufferedReader output = process.inputReader()) {
            expect(LOADED, output, folder);
            Duration loaded = Duration.ofNanos(System.nanoTime() - start);
            expect(GENERATED, output, folder);
            Duration generated = Duration.ofNanos(System.nanoTime() - start);
            return new ColdStart(loaded, generated, Long.parseLong(output.readLine()));
        } finally {
            process.destroy();
        }
    }

    private static void expect(String line, BufferedReader output, Path folder) throws IOException {
        String found = output.readLine();
        if (!line.equals(found)) {
            throw new IOException(folder + ": a fresh process that loads this model fails (no \"" + line + "\", but \""
                    + found + "\"); --no-cold leaves it out");
        }
    }

    private static List<String> command(List<String> options) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.startsWith("-X"))
                .forEach(command::add);
        command.addAll(List.of("--add-modules", "jdk.incubator.vector"));
        command.addAll(options);
        String modulePath = System.getProperty("jdk.module.path");
        String main = ColdStart.class.getName();
        if (modulePath != null && ColdStart.class.getModule().isNamed()) {
            String module = ColdStart.class.getModule().getName();
            command.addAll(List.of("-p", modulePath, "-m", module + "/" + main));
        } else {
            command.addAll(List.of("-cp", Objects.requireNonNull(System.getProperty("java.class.path")), main));
        }
        return command;
    }

    /**
     * Loads a model and generates.
     *
     * @param arguments the model's folder, the number of threads, and how many tokens to generate
     */
    public static void main(String[] arguments) {
        PrintStream out = System.out;
        ModelOptions options =
                ModelOptions.builder().threads(Integer.parseInt(arguments[1])).build();
        try (Model model = Model.load(Path.of(arguments[0]), options)) {
            out.println(LOADED);
            model.generate(
                    GenerationRequest.tokens(ModelBench.shortPrompt(model.info().vocabularySize()))
                            .maxTokens(Integer.parseInt(arguments[2]))
                            .ignoreEndTokens(true)
                            .sampling(Sampling.GREEDY)
                            .build());
            out.println(GENERATED);
            out.println(ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
        }
    }
}
