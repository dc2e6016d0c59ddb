package dev.nemotron.cli;

import dev.nemotron.MemoryPlan;
import dev.nemotron.Model;
import dev.nemotron.ModelInfo;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Tells what is in a model folder, without loading it. */
@Command(
        name = "inspect",
        abbreviateSynopsis = true,
        description = {
            "Tells what is in a model folder and what it takes to run it, without loading it. Every tensor is looked up.",
            "A folder without weights is described from its config.json; the exit code is 3 all the same.",
            "--json prints one document with all sizes in bytes."
        })
final class InspectCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Parameters(index = "0", paramLabel = "DIR", description = "The model folder.")
    private Path folder = Path.of("");

    @Mixin
    private final ModelOptionsMixin options = new ModelOptionsMixin();

    @Mixin
    private final OutputOptions output = new OutputOptions();

    InspectCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        output.verbose();
        ModelInfo info = Model.inspect(folder);
        if (output.json) {
            Map<String, @Nullable Object> document = document(info);
            try {
                document.put("memory", document(plan()));
            } finally {
                JsonOutput.print(terminal.out(), document);
            }
        } else {
            show(info);
            show(plan());
        }
        return ExitCode.OK;
    }

    /** Plans last, since a folder without weights can be described but not planned for. */
    private MemoryPlan plan() {
        return Model.plan(folder, options.toOptions());
    }

    private static Map<String, @Nullable Object> document(ModelInfo info) {
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        document.put("name", info.name());
        document.put("architecture", info.architecture());
        document.put("parameters", info.parameters());
        document.put("blocks", info.blocks());
        document.put("draft_blocks", info.draftBlocks());
        document.put("hidden_size", info.hiddenSize());
        document.put("vocabulary_size", info.vocabularySize());
        document.put("max_context_tokens", info.maxContextTokens());
        document.put("end_tokens", info.endTokens());
        document.put("tokenizer", info.tokenizer());
        document.put("chat_template", info.chatTemplate());
        return document;
    }

    private static Map<String, Object> document(MemoryPlan plan) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("weights", plan.weights());
        document.put("weights_by_format", plan.weightsByFormat());
        document.put("state_per_sequence", plan.statePerSequence());
        document.put("kv_per_token", plan.kvPerToken());
        document.put("scratch", plan.scratch());
        document.put("context_tokens", plan.contextTokens());
        document.put("sequences", plan.sequences());
        document.put("sequence_at_full_context", plan.sequenceAtFullContext());
        document.put("minimum", plan.minimum());
        document.put("machine_total", plan.machineTotal());
        document.put("machine_available", plan.machineAvailable());
        document.put("fits", plan.fits());
        document.put("fits_without_paging", plan.fitsWithoutPaging());
        return document;
    }

    private void show(ModelInfo info) {
        line("model", info.name());
        line("architecture", info.architecture());
        line("parameters", String.format(Locale.ROOT, "%,d", info.parameters()));
        line("blocks", info.blocks().size() + ": " + runs(info.blocks()));
        line("draft head", info.draftBlocks().isEmpty() ? "none" : runs(info.draftBlocks()));
        line("width", String.format(Locale.ROOT, "%,d", info.hiddenSize()));
        line("vocabulary", String.format(Locale.ROOT, "%,d tokens, end %s", info.vocabularySize(), info.endTokens()));
        line("context", String.format(Locale.ROOT, "%,d tokens", info.maxContextTokens()));
        line("tokenizer", info.tokenizer() == null ? "none, token ids only" : info.tokenizer());
        line("chat template", info.chatTemplate() == null ? "none, no chat" : info.chatTemplate());
    }

    private void show(MemoryPlan plan) {
        line("weights", Bytes.text(plan.weights()) + " (" + formats(plan) + ")");
        line(
                "each sequence",
                Bytes.text(plan.statePerSequence()) + ", and " + Bytes.text(plan.kvPerToken()) + " a token");
        line(
                "at full length",
                String.format(
                        Locale.ROOT,
                        "%s for %,d tokens",
                        Bytes.text(plan.sequenceAtFullContext()),
                        plan.contextTokens()));
        line("scratch", Bytes.text(plan.scratch()));
        line("least memory", Bytes.text(plan.minimum()) + ", " + verdict(plan));
    }

    private static String verdict(MemoryPlan plan) {
        String machine =
                "of " + Bytes.text(plan.machineTotal()) + " here " + Bytes.text(plan.machineAvailable()) + " are free";
        if (!plan.fits()) {
            return "does not fit: " + machine;
        }
        return (plan.fitsWithoutPaging() ? "fits: " : "fits only with paging: ") + machine;
    }

    private void line(String name, String value) {
        terminal.out().printf("%-15s %s%n", name, value);
    }

    private static String formats(MemoryPlan plan) {
        return plan.weightsByFormat().entrySet().stream()
                .map(format -> format.getKey() + " " + Bytes.text(format.getValue()))
                .collect(Collectors.joining(", "));
    }

    /** Names the blocks in order, repetitions counted: {@code mamba, moe, 2 x mamba}. */
    private static String runs(List<String> blocks) {
        List<String> runs = new ArrayList<>();
        for (int i = 0, end; i < blocks.size(); i = end) {
            end = i;
            while (end < blocks.size() && blocks.get(end).equals(blocks.get(i))) {
                end++;
            }
            runs.add(end - i == 1 ? blocks.get(i) : (end - i) + " x " + blocks.get(i));
        }
        return String.join(", ", runs);
    }
}
