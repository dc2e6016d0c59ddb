package dev.nemotron.bench;

import dev.nemotron.json.JsonWriter;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Measures the speed of a model beside the limits of the machine. */
@Command(
        name = "bench",
        abbreviateSynopsis = true,
        description = {
            "Measures how fast a model runs here, and what the machine allows: every row ends with the part of the limit that is"
                    + " reached. The limit is the slower of reading the weights, states, keys and values that a step touches"
                    + " once, and doing its arithmetic, at the pace that plain loops reach in the same run.",
            "Leave the machine alone while it runs."
        })
public final class BenchCommand implements Callable<Integer> {

    private final PrintStream out;
    private final PrintStream err;
    private final IntFunction<MachineLimits> machine;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(index = "0", paramLabel = "DIR", description = "The model folder.")
    private Path folder = Path.of("");

    @Option(names = "--prompt", paramLabel = "N", description = "Tokens of a prompt; ${DEFAULT-VALUE} by default.")
    private int prompt = 512;

    @Option(
            names = "--generate",
            paramLabel = "N",
            description = "Tokens generated in a run; ${DEFAULT-VALUE} by default.")
    private int generate = 64;

    @Option(
            names = "--batch",
            paramLabel = "N,...",
            split = ",",
            description = "Sequences decoded at once; 1 by default.")
    private List<Integer> batches = List.of(1);

    @Option(
            names = "--context",
            paramLabel = "N,...",
            split = ",",
            description = "Tokens that come before what is measured; 0 by default.")
    private List<Integer> contexts = List.of(0);

    @Option(
            names = "--threads",
            paramLabel = "N,...",
            split = ",",
            description = "Threads that compute; one for each processor by default.")
    private List<Integer> threads = List.of(Runtime.getRuntime().availableProcessors());

    @Option(
            names = "--runs",
            paramLabel = "N",
            description = "Runs of which the median is taken; ${DEFAULT-VALUE} by default.")
    private int runs = 3;

    @Option(
            names = "--warm-up",
            paramLabel = "SECONDS",
            description = "How long each row is run before it is measured; ${DEFAULT-VALUE} by default.")
    private double warmUp = 3;

    @Option(names = "--no-cold", description = "Do not time the first token of a fresh process.")
    private boolean noCold;

    @Option(names = "--profile", description = "Also time every operation of a decoding step and of a prompt.")
    private boolean profile;

    @Option(
            names = "--roofline",
            paramLabel = "FILE.svg",
            description = "Draw the operations below the limits of the machine; implies --profile.")
    private @Nullable Path roofline;

    @Option(
            names = "--compare",
            paramLabel = "COMMAND",
            description = "Measure another engine in turns with this one, by a command that prints the JSON of"
                    + " 'llama-bench -o json' or of 'nemotron bench --json'; one prompt and one answer a turn.")
    private @Nullable String peer;

    @Mixin
    private final OutputOptions output = new OutputOptions();

    /**
     * Creates the command.
     *
     * @param out takes the report
     * @param err takes progress
     */
    public BenchCommand(PrintStream out, PrintStream err) {
        this(out, err, MachineLimits::measure);
    }

    /** Creates the command for a machine whose limits are known. */
    BenchCommand(PrintStream out, PrintStream err, IntFunction<MachineLimits> machine) {
        this.out = out;
        this.err = err;
        this.machine = machine;
    }

    /**
     * Measures and prints.
     *
     * @return 0
     * @throws IOException if a process that is measured cannot be started or fails
     */
    @Override
    public Integer call() throws IOException {
        requireAtLeast(1, "--prompt", List.of(prompt));
        requireAtLeast(2, "--generate", List.of(generate));
        requireAtLeast(1, "--batch", batches);
        requireAtLeast(0, "--context", contexts);
        requireAtLeast(1, "--threads", threads);
        requireAtLeast(1, "--runs", List.of(runs));
        if (!(warmUp >= 0 && warmUp <= 3600)) {
            throw new ParameterException(spec.commandLine(), "--warm-up must be from 0 to 3600, found " + warmUp);
        }
        Path parent = roofline == null ? null : roofline.toAbsolutePath().getParent();
        if (parent != null && !Files.isDirectory(parent)) {
            throw new ParameterException(spec.commandLine(), "--roofline: there is no folder for " + roofline);
        }
        BenchSettings settings = new BenchSettings(
                folder,
                prompt,
                generate,
                batches,
                contexts,
                threads,
                runs,
                Duration.ofNanos((long) (warmUp * 1e9)),
                !noCold,
                profile || roofline != null,
                peer);
        Report report = new Bench(settings, machine, line -> {
                    err.println(line);
                    err.flush();
                })
                .run();
        out.print(
                output.json()
                        ? JsonWriter.write(ReportJson.document(report)) + System.lineSeparator()
                        : ReportTable.text(report));
        out.flush();
        if (roofline != null && report.profile() != null) {
            String title = report.model().name() + " in "
                    + String.join(", ", report.plan().weightsByFormat().keySet());
            Files.writeString(roofline, Roofline.svg(title, report.profile()));
        }
        return 0;
    }

    private void requireAtLeast(int least, String option, List<Integer> values) {
        for (int value : values) {
            if (value < least) {
                throw new ParameterException(
                        spec.commandLine(), option + " must be " + least + " or more, found " + value);
            }
        }
    }
}
