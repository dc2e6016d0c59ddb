package dev.nemotron.cli;

import dev.nemotron.Generation;
import dev.nemotron.GenerationRequest;
import dev.nemotron.GenerationResult;
import dev.nemotron.Model;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Continues a text or token ids. */
@Command(
        name = "generate",
        abbreviateSynopsis = true,
        description = {
            "Continues a text, without a chat template, and streams what comes.",
            "--json prints one document: {\"ids\", \"text\", \"finish\": stop|length|cancelled, \"usage\", \"timings\"}."
        })
final class GenerateCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Parameters(index = "0", paramLabel = "DIR", description = "The model folder.")
    private Path folder = Path.of("");

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "PROMPT",
            description = "The text to continue; - reads it from standard input.")
    private @Nullable String prompt;

    @Option(
            names = "--ids",
            paramLabel = "FILE",
            description = "Continue the token ids of this file, a JSON array; - is standard input.")
    private @Nullable String ids;

    @Mixin
    private final GenerationOptions generation = new GenerationOptions();

    @Mixin
    private final ModelOptionsMixin options = new ModelOptionsMixin();

    @Mixin
    private final OutputOptions output = new OutputOptions();

    GenerateCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        boolean verbose = output.verbose();
        GenerationRequest.Builder request = start();
        generation.applyTo(request);
        try (Model model = Model.load(folder, options.toOptions())) {
            try (Generation answer = model.stream(request.build())) {
                GenerationResult result = output.json ? answer.result() : streamed(answer, verbose);
                if (output.json) {
                    JsonOutput.print(terminal.out(), Answer.document(result));
                }
            }
        }
        return ExitCode.OK;
    }

    private GenerationRequest.Builder start() {
        if (prompt != null && ids == null) {
            return GenerationRequest.text(prompt.equals("-") ? new InputFile("PROMPT", "-", terminal).text() : prompt);
        }
        if (ids != null && prompt == null) {
            return GenerationRequest.tokens(new InputFile("--ids", ids, terminal).ids());
        }
        throw new IllegalArgumentException("give either PROMPT or --ids FILE");
    }

    private GenerationResult streamed(Generation answer, boolean verbose) throws IOException {
        while (answer.hasNext()) {
            terminal.print(answer.next().text());
        }
        GenerationResult result = answer.result();
        if (terminal.watched()) {
            terminal.print("\n");
        }
        if (terminal.noticed() || verbose) {
            terminal.note(Answer.pace(result, result.finishReason()));
        }
        return result;
    }
}
