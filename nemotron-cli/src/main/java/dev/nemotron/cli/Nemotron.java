package dev.nemotron.cli;

import dev.nemotron.bench.BenchCommand;
import dev.nemotron.bench.SynthCommand;
import java.io.PrintWriter;
import java.lang.module.ModuleDescriptor;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command itself: shows its sub-commands. */
@Command(
        name = "nemotron",
        mixinStandardHelpOptions = true,
        versionProvider = Nemotron.Version.class,
        synopsisSubcommandLabel = "COMMAND",
        description = "Runs NVIDIA Nemotron models on the JVM, from the published folders.",
        footerHeading = "%nExit codes:%n",
        footer = {
            "  0 done, 1 failed while running, 2 wrong arguments,",
            "  3 unusable model folder, 130 interrupted",
            "",
            "Start here:  nemotron chat \"What is 27 + 48?\""
        })
final class Nemotron implements Runnable {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private Nemotron() {}

    /**
     * The whole command line.
     *
     * @param terminal where commands read and write
     * @return ready to execute arguments
     */
    static CommandLine commandLine(Terminal terminal) {
        Failures failures = new Failures(terminal);
        return new CommandLine(new Nemotron())
                .addSubcommand(new ChatCommand(terminal))
                .addSubcommand(new GenerateCommand(terminal))
                .addSubcommand(new InspectCommand(terminal))
                .addSubcommand(new PrepareCommand(terminal))
                .addSubcommand(new TokenizeCommand(terminal))
                .addSubcommand(new RenderCommand(terminal))
                .addSubcommand(new LogitsCommand(terminal))
                .addSubcommand(new BenchCommand(terminal.out(), terminal.err()))
                .addSubcommand(new SynthCommand(terminal.out(), terminal.err()))
                .setOut(new PrintWriter(terminal.out(), true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(terminal.err(), true, StandardCharsets.UTF_8))
                .setExpandAtFiles(false)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(failures)
                .setExecutionExceptionHandler(failures);
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    /** Tells the version from the jar. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {
                "nemotron " + version() + ", Java " + Runtime.version(),
            };
        }

        private static String version() {
            ModuleDescriptor module = Main.class.getModule().getDescriptor();
            return module == null ? "(development)" : module.rawVersion().orElse("(development)");
        }
    }
}
