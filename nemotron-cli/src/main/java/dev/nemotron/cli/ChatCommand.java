package dev.nemotron.cli;

import dev.nemotron.BackendChoice;
import dev.nemotron.ChatMessage;
import dev.nemotron.ChatRequestBuilder;
import dev.nemotron.ChatResult;
import dev.nemotron.FinishReason;
import dev.nemotron.Model;
import dev.nemotron.ModelFormatException;
import dev.nemotron.Reasoning;
import dev.nemotron.tiny.TinyModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Answers a message or a request, or holds a conversation. */
@Command(
        name = "chat",
        customSynopsis = {
            "nemotron chat [OPTIONS] [DIR] [MESSAGE]",
            "nemotron chat [OPTIONS] [DIR] --request FILE [--json] [--stream]"
        },
        description = {
            "Answers MESSAGE, or without one holds a conversation: one message a line, from the terminal or a pipe.",
            "A single argument that is a folder is DIR, anything else is MESSAGE. Without DIR the small model inside this"
                    + " program answers, computed by plain code unless --backend is given.",
            "On a terminal the model's reasoning is shown dim before the answer (NO_COLOR=1: not dim); elsewhere the answer"
                    + " alone is printed. Ctrl-C stops the answer and keeps the conversation, a second one leaves, and so do"
                    + " Ctrl-D and /exit; /help lists what else there is.",
            "--json prints one line for each answer: what generate --json prints, \"reasoning\", \"answer\", and \"tool_calls\""
                    + " where there are some.",
            "--request answers the body of a request to OpenAI's chat API; with --json in the words of that API: one object"
                    + " chat.completion, or with \"stream\": true in it or --stream one object chat.completion.chunk a line."
                    + " Options given here come before those of the request."
        })
final class ChatCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Parameters(
            arity = "0..*",
            paramLabel = "DIR|MESSAGE",
            hideParamSyntax = true,
            description = "The model folder, and the message; - reads the message from standard input.")
    private List<String> arguments = List.of();

    @Option(names = "--request", paramLabel = "FILE", description = "Answer this request; - is standard input.")
    private @Nullable String request;

    @Option(names = "--stream", description = "With --request and --json: print the answer as it comes.")
    private boolean stream;

    @Option(names = "--system", paramLabel = "TEXT", description = "Instructions for the model.")
    private @Nullable String system;

    @Mixin
    private final ReasoningOptions reasoning = new ReasoningOptions();

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
        ChatTarget target = request == null ? ChatTarget.of(arguments) : ChatTarget.besideRequest(arguments);
        RequestBody body = request == null ? null : body(request);
        if (body == null && stream) {
            throw new IllegalArgumentException("--stream goes with --request");
        }
        Reasoning thinking = reasoning.over(Reasoning.DEFAULT);
        String message = "-".equals(target.message())
                ? new InputFile("MESSAGE", "-", terminal).text().strip()
                : target.message();
        boolean embedded = target.folder() == null;
        Path folder = target.folder() == null ? TinyModel.path() : target.folder();
        // So small a model has answered before the JVM has compiled the SIMD kernels, and those are slow until then.
        BackendChoice unasked = embedded ? BackendChoice.SCALAR : BackendChoice.AUTO;
        Interrupts interrupts = new Interrupts(this::leave);
        interrupts.install();
        try (Model model = Model.load(folder, options.toOptions(unasked))) {
            if (body != null) {
                return code(answer(model, body, interrupts, verbose));
            }
            requireTemplate(model, folder);
            try (Conversation conversation = new Conversation(model, generation, thinking, system)) {
                Answering answering =
                        new Answering(conversation, terminal, interrupts, output.json, verbose || terminal.noticed());
                if (message != null) {
                    return code(answering.answer(ChatMessage.user(message)));
                }
                greet(embedded);
                Commands commands = new Commands(model, conversation, answering, terminal);
                try (Lines lines = Lines.of(terminal, interrupts)) {
                    new Dialogue(answering, commands, lines, terminal, interrupts, verbose).run();
                }
                return ExitCode.OK;
            }
        }
    }

    private RequestBody body(String file) {
        if (system != null) {
            throw new IllegalArgumentException("--system does not go with --request, which brings its own messages");
        }
        RequestBody given = RequestBody.read(new InputFile("--request", file, terminal).text());
        ChatRequestBuilder changed = given.request().toBuilder()
                .reasoning(reasoning.over(given.request().reasoning()));
        generation.applyTo(changed);
        return new RequestBody(changed.build(), given.stream() || stream, given.usage());
    }

    private ChatResult answer(Model model, RequestBody body, Interrupts interrupts, boolean verbose)
            throws IOException {
        ChatResult result = new RequestAnswer(model, terminal, interrupts).print(body, output.json);
        if (verbose || terminal.noticed()) {
            terminal.remark(Answer.pace(result.generation(), result.finishReason()));
        }
        return result;
    }

    private static int code(ChatResult result) {
        return result.finishReason() == FinishReason.CANCELLED ? ExitCode.INTERRUPTED : ExitCode.OK;
    }

    private static void requireTemplate(Model model, Path folder) {
        if (model.info().chatTemplate() == null) {
            throw new ModelFormatException(
                    folder + ": no chat template (chat_template.jinja, or chat_template in tokenizer_config.json); use"
                            + " 'nemotron generate' to continue plain text");
        }
    }

    private void greet(boolean embedded) {
        if (terminal.typed()) {
            if (embedded) {
                terminal.remark("The small model inside this program answers.");
            }
            terminal.remark("Ctrl-C stops an answer, Ctrl-D leaves, /help lists the commands.");
        }
    }

    private void leave() {
        terminal.out().flush();
        terminal.note("");
        System.exit(ExitCode.INTERRUPTED);
    }
}
