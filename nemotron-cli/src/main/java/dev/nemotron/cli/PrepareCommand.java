package dev.nemotron.cli;

import dev.nemotron.Model;
import dev.nemotron.ModelOptions;
import dev.nemotron.bench.Writing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lays the weights of a folder out anew. */
@Command(
        name = "prepare",
        abbreviateSynopsis = true,
        description = {
            "Writes the NVFP4 weights of a folder once more, laid out as the kernels like them, without loss. Models are loaded"
                    + " from there ever after, and answer faster.",
            "It takes about the disk space of the NVFP4 weights; delete the file to be rid of it."
        })
final class PrepareCommand implements Callable<Integer> {

    private static final long NANOS_BETWEEN_LINES = TimeUnit.SECONDS.toNanos(2);

    private final Terminal terminal;
    private long nextLine = System.nanoTime() + NANOS_BETWEEN_LINES;

    @Parameters(index = "0", paramLabel = "DIR", description = "The model folder.")
    private Path folder = Path.of("");

    @Option(
            names = "--to",
            paramLabel = "FILE",
            description = "Where to write; by default " + ModelOptions.PREPARED_FILE
                    + " in the model folder. A program that loads the model"
                    + " then names the file in its options, and --prepared FILE does so here.")
    private @Nullable Path to;

    @Mixin
    private final OutputOptions output = new OutputOptions();

    PrepareCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        output.verbose();
        long start = System.nanoTime();
        Path file = to == null ? folder.resolve(ModelOptions.PREPARED_FILE) : to;
        Writing.run(() -> Model.prepare(folder, file, this::progress));
        double seconds = (System.nanoTime() - start) / 1e9;
        long bytes = Files.size(file);
        if (output.json) {
            Map<String, @Nullable Object> document = new LinkedHashMap<>();
            document.put("file", file.toString());
            document.put("bytes", bytes);
            document.put("seconds", seconds);
            JsonOutput.print(terminal.out(), document);
        } else {
            terminal.out().printf(Locale.ROOT, "%s: %s, written in %.1f s%n", file, Bytes.text(bytes), seconds);
        }
        return ExitCode.OK;
    }

    /** A line every now and then. */
    private void progress(double fraction) {
        if (System.nanoTime() >= nextLine) {
            nextLine = System.nanoTime() + NANOS_BETWEEN_LINES;
            terminal.note(String.format(Locale.ROOT, "%.0f %%", 100 * fraction));
        }
    }
}
