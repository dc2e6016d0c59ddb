package dev.nemotron.cli;

import dev.nemotron.tokenizer.Tokenizer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows the tokens of texts. */
@Command(
        name = "tokenize",
        abbreviateSynopsis = true,
        description = {
            "Shows the token ids of a text. The folder needs a tokenizer.json, no weights.",
            "--jsonl reads lines {\"text\": ...} and prints lines {\"ids\": [...], \"text\": ...}, where text is decoded from"
                    + " the ids, special tokens kept."
        })
final class TokenizeCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Parameters(index = "0", paramLabel = "DIR", description = "The model folder.")
    private Path folder = Path.of("");

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "TEXT",
            description = "The text; - reads it from standard input.")
    private @Nullable String text;

    @Option(
            names = "--jsonl",
            paramLabel = "FILE",
            description = "Tokenize each line of a file of JSON lines; - is standard input.")
    private @Nullable String lines;

    @Option(names = "--no-special", description = "Add no token at the beginning or end.")
    private boolean noSpecial;

    @Mixin
    private final OutputOptions output = new OutputOptions();

    TokenizeCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        output.verbose();
        if ((text == null) == (lines == null)) {
            throw new IllegalArgumentException("give either TEXT or --jsonl FILE");
        }
        Tokenizer tokenizer = Tokenizer.load(folder);
        if (lines != null) {
            new InputFile("--jsonl", lines, terminal)
                    .texts(line -> JsonOutput.print(terminal.out(), document(tokenizer, line)));
        } else if (output.json) {
            JsonOutput.print(terminal.out(), document(tokenizer, wanted()));
        } else {
            terminal.out()
                    .println(Arrays.stream(tokenizer.encode(wanted(), !noSpecial))
                            .mapToObj(Integer::toString)
                            .collect(Collectors.joining(" ")));
        }
        return ExitCode.OK;
    }

    private String wanted() {
        return text == null || text.equals("-") ? new InputFile("TEXT", "-", terminal).text() : text;
    }

    private Map<String, Object> document(Tokenizer tokenizer, String line) {
        int[] ids = tokenizer.encode(line, !noSpecial);
        List<Integer> list = Arrays.stream(ids).boxed().toList();
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("ids", list);
        document.put("text", tokenizer.decode(ids, false));
        return document;
    }
}
