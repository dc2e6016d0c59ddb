package dev.nemotron.cli;

import dev.nemotron.ChatRequest;
import dev.nemotron.InvalidRequestException;
import dev.nemotron.ModelFormatException;
import dev.nemotron.PromptRenderer;
import dev.nemotron.Rendering;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.TemporalAccessor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows the prompt that a conversation becomes. */
@Command(
        name = "render",
        abbreviateSynopsis = true,
        description = {
            "Prints exactly the text that the model is given for a request in the format of OpenAI's chat API, without a line"
                    + " break of its own at the end. The folder needs its tokenizer files, no weights.",
            "A request may carry messages, tools, tool_choice, reasoning_effort, chat_template_kwargs, add_generation_prompt,"
                    + " continue_final_message and chat_template.",
            "--jsonl reads a request a line and prints a line {\"text\": ...}, with --ids also \"ids\", or {\"error\": ...} for each."
        })
final class RenderCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "DIR",
            description = "The model folder; may be left out where a template is given.")
    private @Nullable Path folder;

    @Option(names = "--request", paramLabel = "FILE", description = "The request; - is standard input.")
    private @Nullable String request;

    @Option(names = "--jsonl", paramLabel = "FILE", description = "Render each line of a file; - is standard input.")
    private @Nullable String lines;

    @Option(names = "--template", paramLabel = "FILE", description = "A chat template in place of the folder's own.")
    private @Nullable String template;

    @Option(
            names = "--special",
            paramLabel = "JSON",
            description = "Special tokens by name, such as '{\"bos_token\": \"<s>\"}', beside those of the folder.")
    private @Nullable String special;

    @Option(names = "--ids", description = "Print token ids.")
    private boolean ids;

    @Option(
            names = "--now",
            paramLabel = "TIME",
            description = "What templates take for now, such as 2026-01-31T12:00:00.")
    private @Nullable String now;

    @Option(
            names = "--raw",
            description =
                    "Hand the messages to the template as they are, without our adaptations to what it understands.")
    private boolean raw;

    @Mixin
    private final OutputOptions output = new OutputOptions();

    RenderCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        output.verbose();
        if ((request == null) == (lines == null)) {
            throw new IllegalArgumentException("give either --request FILE or --jsonl FILE");
        }
        if (ids && folder == null) {
            throw new IllegalArgumentException("--ids needs the DIR of a tokenizer");
        }
        if (folder != null && !Files.isDirectory(folder)) {
            throw new ModelFormatException(folder + ": no such folder");
        }
        Map<String, String> tokens = special == null ? Map.of() : SpecialTokens.parse(special);
        PromptRenderer renderer =
                folder == null ? PromptRenderer.withoutFolder(tokens) : PromptRenderer.of(folder, tokens);
        if (template != null) {
            renderer = renderer.withTemplate(new InputFile("--template", template, terminal).text(), template);
        }
        render(renderer, clock());
        return ExitCode.OK;
    }

    private void render(PromptRenderer renderer, Clock clock) {
        if (lines != null) {
            new InputFile("--jsonl", lines, terminal)
                    .lines((line, number) -> JsonOutput.print(terminal.out(), answer(renderer, clock, line)));
        } else {
            print(renderer, read(new InputFile("--request", String.valueOf(request), terminal).text(), clock));
        }
    }

    private void print(PromptRenderer renderer, ChatRequest wanted) {
        if (output.json) {
            JsonOutput.print(terminal.out(), document(renderer, wanted));
        } else if (ids) {
            terminal.out()
                    .println(renderer.tokenize(wanted).stream()
                            .map(String::valueOf)
                            .collect(Collectors.joining(" ")));
        } else {
            terminal.out().print(renderer.render(wanted));
            terminal.out().flush();
        }
    }

    private Map<String, Object> answer(PromptRenderer renderer, Clock clock, String line) {
        try {
            return document(renderer, read(line, clock));
        } catch (RuntimeException e) {
            return Map.of("error", Failures.sentence(e));
        }
    }

    private Map<String, Object> document(PromptRenderer renderer, ChatRequest wanted) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("text", renderer.render(wanted));
        if (ids) {
            document.put("ids", renderer.tokenize(wanted));
        }
        return document;
    }

    private ChatRequest read(String json, Clock clock) {
        ChatRequest read = ChatRequest.fromTrustedJson(json, raw);
        Rendering rendering = read.rendering().withClock(clock);
        if (rendering.template() == null && template == null && folder == null) {
            throw new InvalidRequestException(
                    "chat_template", "there is none; give a model folder, --template FILE, or one in the request");
        }
        return read.toBuilder().rendering(rendering).build();
    }

    private Clock clock() {
        if (now == null) {
            return Clock.system(ZoneId.systemDefault());
        }
        String time = now.length() == "2026-01-31".length() ? now + "T00:00:00" : now;
        try {
            TemporalAccessor parsed =
                    DateTimeFormatter.ISO_DATE_TIME.parseBest(time, ZonedDateTime::from, LocalDateTime::from);
            ZonedDateTime moment = parsed instanceof LocalDateTime local
                    ? local.atZone(ZoneId.systemDefault())
                    : ZonedDateTime.from(parsed);
            return Clock.fixed(moment.toInstant(), moment.getZone());
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(
                    "--now " + now + ": expected a time such as 2026-01-31T12:00:00, with an offset or without", e);
        }
    }
}
