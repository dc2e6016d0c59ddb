package dev.nemotron.cli;

import dev.nemotron.Logits;
import dev.nemotron.Model;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows raw scores, for comparison with other implementations. */
@Command(
        name = "logits",
        abbreviateSynopsis = true,
        description = {
            "Computes the logits after positions of a sequence of token ids; shows the five highest of each.",
            "--json prints one document: {\"positions\": [...], \"logits\": [[...], ...], \"draft\": [[...], ...]}, every number"
                    + " with full float precision, positions counted from the beginning, null for a number that is not finite."
        })
final class LogitsCommand implements Callable<Integer> {

    private static final int SHOWN = 5;

    private final Terminal terminal;

    @Parameters(index = "0", paramLabel = "DIR", description = "The model folder.")
    private Path folder = Path.of("");

    @Option(
            names = "--ids",
            paramLabel = "FILE",
            required = true,
            description = "The token ids, a JSON array; - is standard input.")
    private String ids = "-";

    @Option(
            names = "--positions",
            paramLabel = "P",
            split = ",",
            defaultValue = "-1",
            description =
                    "Which positions, from 0, or from -1 backwards from the end, with commas between; the last by default.")
    private List<Integer> positions = List.of();

    @Option(
            names = "--draft",
            paramLabel = "K",
            description =
                    "Add the logits of K steps of the draft head after the last position: the first is fed the model's"
                            + " own likeliest token, each further one the likeliest token of the step before.")
    private int drafts;

    @Mixin
    private final ModelOptionsMixin options = new ModelOptionsMixin();

    @Mixin
    private final OutputOptions output = new OutputOptions();

    LogitsCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        output.verbose();
        if (drafts < 0) {
            throw new IllegalArgumentException("--draft must be 0 or more, found " + drafts);
        }
        List<Integer> sequence = new InputFile("--ids", ids, terminal).ids();
        List<Integer> wanted = positions.stream()
                .map(position -> fromBeginning(position, sequence.size()))
                .toList();
        try (Model model = Model.load(folder, options.toOptions())) {
            Logits logits = model.logits(sequence, wanted, drafts);
            if (output.json) {
                JsonOutput.print(terminal.out(), document(wanted, logits));
            } else {
                show(model, wanted, logits);
            }
        }
        return ExitCode.OK;
    }

    private static int fromBeginning(int position, int length) {
        if (position >= length || position < -length) {
            throw new IllegalArgumentException("--positions: " + position + " is outside the sequence of " + length
                    + " tokens, give " + -length + " to " + (length - 1));
        }
        return position < 0 ? position + length : position;
    }

    private static Map<String, Object> document(List<Integer> positions, Logits logits) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("positions", positions);
        document.put("logits", logits.positions());
        document.put("draft", logits.drafts());
        return document;
    }

    private void show(Model model, List<Integer> wanted, Logits logits) {
        PrintStream out = terminal.out();
        for (int i = 0; i < wanted.size(); i++) {
            out.println("after position " + wanted.get(i) + ": "
                    + highest(model, logits.positions().get(i)));
        }
        for (int step = 0; step < logits.drafts().size(); step++) {
            out.println("draft step " + (step + 1) + ": "
                    + highest(model, logits.drafts().get(step)));
        }
    }

    private static String highest(Model model, float[] scores) {
        boolean named = model.info().tokenizer() != null;
        return IntStream.range(0, scores.length)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer token) -> -scores[token])
                        .thenComparing(token -> token))
                .limit(SHOWN)
                .map(token -> token
                        + (named ? " " + quoted(model, token) : "")
                        + String.format(Locale.ROOT, " %.4f", scores[token]))
                .collect(Collectors.joining(", "));
    }

    private static String quoted(Model model, int token) {
        return JsonOutput.text(model.detokenize(List.of(token), false));
    }
}
