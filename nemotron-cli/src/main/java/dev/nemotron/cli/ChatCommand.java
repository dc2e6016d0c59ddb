package dev.nemotron.cli;

import dev.nemotron.FinishReason;
import dev.nemotron.Model;
import dev.nemotron.ModelFormatException;
import dev.nemotron.NemotronException;
import dev.nemotron.tiny.TinyModel;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Answers a message, or holds a conversation. */
@Command(
        name = "chat",
        customSynopsis = "nemotron chat [OPTIONS] [DIR] [MESSAGE]",
        description = {
            "Answers MESSAGE, or without one holds a conversation: one message a line, from the terminal or a pipe.",
            "A single argument that is a folder is DIR, anything else is MESSAGE. Without DIR the small model inside this"
                    + " program answers.",
            "On a terminal the model's reasoning is shown dim before the answer (NO_COLOR=1: not dim); elsewhere the answer"
                    + " alone is printed. Ctrl-C stops the answer and keeps the conversation, a second one leaves, and so do"
                    + " Ctrl-D and /exit; /clear begins anew.",
            "--json prints one line for each answer: what generate --json prints, and \"reasoning\" and \"answer\"."
        })
final class ChatCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Parameters(
            arity = "0..*",
            paramLabel = "DIR|MESSAGE",
            hideParamSyntax = true,
            description = "The model folder, and the message; - reads the message from standard input.")
    private List<String> arguments = List.of();

    @Option(names = "--system", paramLabel = "TEXT", description = "Instructions for the model.")
    private @Nullable String system;

    @Option(names = "--no-think", description = "Answer without reasoning (template variable enable_thinking=false).")
    private boolean noThink;

    @Mixin
    private final GenerationOptions generation = new GenerationOptions();

    @Mixin
    private final ModelOptionsMixin options = new ModelOptionsMixin();

    @Mixin
    private final OutputOptions output = new OutputOptions();

    ChatCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        boolean verbose = output.verbose();
        Request request = Request.of(arguments);
        Path folder = request.folder() == null ? TinyModel.path() : request.folder();
        String message = "-".equals(request.message())
                ? new InputFile("MESSAGE", "-", terminal).text().strip()
                : request.message();
        Interrupts interrupts = new Interrupts(this::leave);
        interrupts.install();
        try (Model model = Model.load(folder, options.toOptions())) {
            requireTemplate(model, folder);
            Conversation.Settings settings = new Conversation.Settings(
                    system,
                    noThink ? Map.of("enable_thinking", false) : Map.of(),
                    generation,
                    output.json,
                    verbose || terminal.noticed());
            Conversation conversation = new Conversation(model, settings, terminal, interrupts);
            if (message != null) {
                return conversation.answer(message) == FinishReason.CANCELLED ? ExitCode.INTERRUPTED : ExitCode.OK;
            }
            return converse(conversation, request.folder() == null, verbose);
        }
    }

    private static void requireTemplate(Model model, Path folder) {
        if (model.info().chatTemplate() == null) {
            throw new ModelFormatException(
                    folder + ": no chat template (chat_template.jinja, or chat_template in tokenizer_config.json); use"
                            + " 'nemotron generate' to continue plain text");
        }
    }

    private int converse(Conversation conversation, boolean embedded, boolean verbose) throws IOException {
        if (terminal.typed()) {
            terminal.note(terminal.dim((embedded ? "The small model inside this program. " : "")
                    + "Ctrl-C stops an answer, Ctrl-D leaves, /clear begins anew."));
        }
        BufferedReader lines = new BufferedReader(new InputStreamReader(terminal.in(), StandardCharsets.UTF_8));
        for (String line = ask(lines); line != null && !line.strip().equals("/exit"); line = ask(lines)) {
            if (line.strip().equals("/clear")) {
                conversation.clear();
            } else if (!line.isBlank()) {
                answer(conversation, line.strip(), verbose);
            }
        }
        return ExitCode.OK;
    }

    private @Nullable String ask(BufferedReader lines) throws IOException {
        if (terminal.typed()) {
            terminal.err().print("> ");
            terminal.err().flush();
        }
        String line = lines.readLine();
        if (line == null && terminal.typed()) {
            terminal.note("");
        }
        return line;
    }

    /** Answers one message of several. A person can go on after a failure, a script must not. */
    private void answer(Conversation conversation, String message, boolean verbose) throws IOException {
        try {
            conversation.answer(message);
        } catch (NemotronException | IllegalArgumentException e) {
            if (!terminal.typed()) {
                throw e;
            }
            terminal.note("nemotron chat: " + Failures.sentence(e));
            if (verbose) {
                e.printStackTrace(terminal.err());
            }
        }
    }

    private void leave() {
        terminal.out().flush();
        terminal.note("");
        System.exit(ExitCode.INTERRUPTED);
    }

    /**
     * What the arguments ask for.
     *
     * @param folder the model folder, or null for the embedded model
     * @param message the message, or null for a conversation
     */
    record Request(@Nullable Path folder, @Nullable String message) {

        /**
         * Tells a folder from a message.
         *
         * @param arguments a folder, a message, both, or none
         * @return what they ask for
         * @throws IllegalArgumentException if there are more than two
         * @throws ModelFormatException if a folder is meant that does not exist
         */
        static Request of(List<String> arguments) {
            return switch (arguments.size()) {
                case 0 -> new Request(null, null);
                case 1 -> {
                    String only = arguments.getFirst();
                    yield looksLikeFolder(only) ? new Request(folder(only), null) : new Request(null, only);
                }
                case 2 -> new Request(folder(arguments.getFirst()), arguments.get(1));
                default ->
                    throw new IllegalArgumentException("takes a folder and a message, found " + arguments.size()
                            + " arguments; put a message with spaces in quotes");
            };
        }

        private static boolean looksLikeFolder(String argument) {
            boolean spelledAsPath = argument.matches("(\\.{0,2}|~)/\\S*");
            return spelledAsPath || Files.isDirectory(Path.of(argument));
        }

        private static Path folder(String argument) {
            Path folder = Path.of(argument);
            if (!Files.isDirectory(folder)) {
                throw new ModelFormatException(
                        folder + ": no such folder; give a model folder, and put a message with spaces" + " in quotes");
            }
            return folder;
        }
    }
}
