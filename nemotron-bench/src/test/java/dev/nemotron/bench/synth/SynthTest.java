package dev.nemotron.bench.synth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nemotron.ChatMessage;
import dev.nemotron.ChatRequest;
import dev.nemotron.ChatResult;
import dev.nemotron.Logits;
import dev.nemotron.Model;
import dev.nemotron.Sampling;
import dev.nemotron.tokenizer.Tokenizer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SynthTest {

    @TempDir
    private Path parent;

    @ParameterizedTest
    @EnumSource(Format.class)
    void writesAFolderThatLoadsWithHealthyActivations(Format format) throws IOException {
        Path folder = parent.resolve("model");
        Synth.write(Shape.TINY, format, folder, (bytes, total) -> {});

        try (Model model = Model.load(folder)) {
            assertThat(model.info().parameters()).isEqualTo(Shape.TINY.sizes().parameterCount());
            assertThat(model.plan().weights()).isEqualTo(Synth.weightBytes(Shape.TINY, format));
            List<Integer> ids = IntStream.range(1000, 1100).boxed().toList();
            Logits logits = model.logits(ids, List.of(0, 50, 99), 1);
            assertThat(deviation(logits.positions())).isBetween(0.5, 2.0);
            assertThat(deviation(logits.drafts())).isBetween(0.5, 2.0);
        }
    }

    private static double deviation(List<float[]> rows) {
        double squares = 0;
        int count = 0;
        for (float[] row : rows) {
            for (float value : row) {
                squares += value * value;
                count++;
            }
        }
        return Math.sqrt(squares / count);
    }

    @Test
    void writesTheSameBytesEveryTimeWhereverTheFilesAreCut() throws IOException {
        Path whole = parent.resolve("whole");
        Path cut = parent.resolve("cut");
        Synth.write(Shape.TINY, Format.MIXED, whole, (bytes, total) -> {});
        Synth.write(Shape.TINY, Format.MIXED, cut, 1_000_000, (bytes, total) -> {});

        assertThat(cut.resolve("model.safetensors.index.json")).exists();
        assertThat(names(whole))
                .containsExactlyInAnyOrder(
                        "chat_template.jinja",
                        "config.json",
                        "generation_config.json",
                        "hf_quant_config.json",
                        "model.safetensors",
                        "tokenizer.json",
                        "tokenizer_config.json");
        assertThat(logits(cut)).containsExactly(logits(whole));
    }

    private static float[] logits(Path folder) {
        try (Model model = Model.load(folder)) {
            return model.logits(List.of(1000, 1001), List.of(1), 0).positions().getFirst();
        }
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    @Test
    void answersAConversation() throws IOException {
        Path folder = parent.resolve("model");
        Synth.write(Shape.TINY, Format.BF16, folder, (bytes, total) -> {});

        try (Model model = Model.load(folder)) {
            ChatResult answer = model.chat(ChatRequest.of(ChatMessage.user("Hello there"))
                    .maxTokens(8)
                    .ignoreEndTokens(true)
                    .sampling(Sampling.GREEDY)
                    .build());
            assertThat(answer.generation().ids()).hasSize(8);
        }
    }

    @Test
    void reportsProgressUpToTheEnd() throws IOException {
        List<Long> reports = new ArrayList<>();
        Synth.write(Shape.TINY, Format.FP8, parent.resolve("model"), (bytes, total) -> reports.add(bytes));

        assertThat(reports).isSorted().endsWith(Synth.weightBytes(Shape.TINY, Format.FP8));
    }

    @Test
    void refusesAFolderThatExists() throws IOException {
        assertThatThrownBy(() -> Synth.write(Shape.TINY, Format.BF16, parent, (bytes, total) -> {}))
                .isInstanceOf(FileAlreadyExistsException.class)
                .hasMessageContaining("not overwritten");
        assertThat(names(parent)).isEmpty();
    }

    @Test
    void refusesWhatTheDiskHasNoRoomFor() throws IOException {
        long free = Files.getFileStore(parent).getUsableSpace();
        org.junit.jupiter.api.Assumptions.assumeTrue(free < Synth.weightBytes(Shape.ULTRA_550B_A55B, Format.BF16));

        assertThatThrownBy(() ->
                        Synth.write(Shape.ULTRA_550B_A55B, Format.BF16, parent.resolve("model"), (bytes, total) -> {}))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("are free");
        assertThat(names(parent)).isEmpty();
    }

    @Test
    void leavesNothingBehindWhenItIsStopped() throws IOException {
        assertThatThrownBy(() -> Synth.write(Shape.TINY, Format.BF16, parent.resolve("model"), (bytes, total) -> {
                    throw new IllegalStateException("stop");
                }))
                .hasMessage("stop");
        assertThat(names(parent)).isEmpty();
    }

    @Test
    void makesATokenizerOfThePublishedSizeThatReadsEnglishAtAboutThreeLettersAToken() {
        byte[] json = SyntheticTokenizer.json(131_072).getBytes(StandardCharsets.UTF_8);
        Tokenizer tokenizer = Tokenizer.parse(json, "synthetic");
        String text = "The quick brown fox jumps over the lazy dog, and 42 others: naïve café, 東京.";

        int[] ids = tokenizer.encode(text, true);

        assertThat(tokenizer.vocabularySize()).isEqualTo(131_072);
        assertThat(tokenizer.id("<|im_start|>")).hasValue(10);
        assertThat(tokenizer.id(",")).hasValue(1044);
        assertThat(tokenizer.decode(ids, false)).isEqualTo(text);
        assertThat(tokenizer.encode("information and other things about that", true).length)
                .isBetween(9, 14);
    }
}
