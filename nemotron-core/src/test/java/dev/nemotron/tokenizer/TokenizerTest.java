package dev.nemotron.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenizerTest {

    private static final int MEGABYTE = 1 << 20;

    @ParameterizedTest
    @ValueSource(strings = {"a", "A", " ", "\n", "\u4e2d", "e\u0301", "A\u4e2d", "1", ".", "\u0301", "\uD83D\uDC4D"})
    void megabyteWithoutABreakTakesTimeAboutLinearInItsLength(String unit) {
        assertQuick("tekken", unit);
    }

    @ParameterizedTest
    @ValueSource(strings = {"llama3", "qwen2", "o200k", "gpt2", "cl100k", "llama2", "metaspace-first", "nfkc"})
    void everyKindOfTokenizerTakesTimeAboutLinearInTheLength(String name) {
        assertQuick(name, "A");
        assertQuick(name, " ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"<", "<s>", "<|a", "  ", "<right> ", "word"})
    void megabyteOfAddedTokensTakesTimeAboutLinearInItsLength(String unit) {
        assertQuick("added-tokens", unit);
    }

    /** A tenth of a second is usual; quadratic time would be hours. */
    private static void assertQuick(String name, String unit) {
        Tokenizer tokenizer = SmallTokenizers.load(name);
        String text = unit.repeat(MEGABYTE / unit.length());
        int[] ids = assertTimeoutPreemptively(Duration.ofSeconds(30), () -> tokenizer.encode(text, false));
        assertThat(ids.length).isPositive();
    }

    @Test
    void threadsThatShareATokenizerGetWhatOneThreadGets() throws Exception {
        List<SmallTokenizers.Golden> goldens =
                SmallTokenizers.goldens(SmallTokenizers.folder().resolve("llama3"));
        Tokenizer tokenizer = Tokenizer.load(SmallTokenizers.folder().resolve("llama3"));
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            List<Callable<Boolean>> tasks = IntStream.range(0, 8)
                    .<Callable<Boolean>>mapToObj(n -> () -> goldens.stream()
                            .allMatch(golden -> SmallTokenizers.list(tokenizer.encode(golden.text(), false))
                                    .equals(golden.ids())))
                    .toList();
            for (Future<Boolean> agreed : threads.invokeAll(tasks)) {
                assertThat(agreed.get()).isTrue();
            }
        }
    }

    @Test
    void surrogateWithoutItsPartnerCountsAsTheReplacementCharacter() {
        Tokenizer tokenizer = SmallTokenizers.load("tekken");
        for (String broken : List.of("a\uD83Db", "\uDC4D", "x\uD83D", "\uD83D\uD83D\uDC4D")) {
            String replaced = new String(broken.getBytes(StandardCharsets.UTF_16), StandardCharsets.UTF_16);
            assertThat(tokenizer.encode(broken, false)).isEqualTo(tokenizer.encode(replaced, false));
            assertThat(tokenizer.decode(tokenizer.encode(broken, false), false)).isEqualTo(replaced);
        }
    }

    @Test
    void tokenSplitOverTrustedSpansIsRecognised() {
        Tokenizer tokenizer = SmallTokenizers.load("tekken");
        int[] ids = tokenizer.encode(List.of(new TextSpan("<|im_", true), new TextSpan("end|>", true)), false);
        assertThat(ids).containsExactly(tokenizer.id("<|im_end|>").orElseThrow());
        int[] half = tokenizer.encode(List.of(new TextSpan("<|im_", true), new TextSpan("end|>", false)), false);
        assertThat(half).satisfies(SmallTokenizers.noSpecial(tokenizer));
    }

    @Test
    void trustIsCarriedThroughTheNormaliser() {
        Tokenizer tokenizer = SmallTokenizers.load("added-tokens-normalized");
        int marker = tokenizer.id("<norm>").orElseThrow();
        List<TextSpan> spans = List.of(
                new TextSpan("\uFB01X <NORM> ", false),
                new TextSpan("\uFB01 <NORM>", true),
                new TextSpan("<NORM>", false));
        assertThat(SmallTokenizers.list(tokenizer.encode(spans, false))).containsOnlyOnce(marker);
    }

    @Test
    void idsWithoutATokenDecodeToNothing() {
        Tokenizer tokenizer = SmallTokenizers.load("tekken");
        int[] ids = tokenizer.encode("Hi", false);
        int[] padded = IntStream.concat(IntStream.of(-1, 1 << 30, tokenizer.vocabularySize()), IntStream.of(ids))
                .toArray();
        assertThat(tokenizer.decode(padded, false)).isEqualTo("Hi");
        assertThatThrownBy(() -> tokenizer.token(tokenizer.vocabularySize()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no token has the id 1500");
    }

    @Test
    void vocabularyAnswersBothWays() {
        Tokenizer tokenizer = SmallTokenizers.load("tekken");
        for (int id = 0; id < tokenizer.vocabularySize(); id++) {
            assertThat(tokenizer.id(tokenizer.token(id))).hasValue(id);
        }
        assertThat(tokenizer.id("no such token")).isEmpty();
        assertThat(tokenizer.isSpecial(tokenizer.id("<think>").orElseThrow())).isTrue();
        assertThat(tokenizer.isSpecial(tokenizer.vocabularySize() - 1)).isFalse();
        assertThat(tokenizer.addedTokens())
                .hasSize(13)
                .first()
                .extracting(AddedToken::content)
                .isEqualTo("<unk>");
    }

    @Test
    void bytesOfATokenOutsideTheByteAlphabetAreWhatItAddsToAText() {
        Tokenizer tokenizer = SmallTokenizers.load("llama2");
        assertThat(tokenizer.bytes(tokenizer.id("<0xE4>").orElseThrow())).containsExactly(0xe4);
        assertThat(tokenizer.bytes(tokenizer.id("\u2581a").orElseThrow())).containsExactly(' ', 'a');
    }

    @Test
    void finishedStreamRefusesMore() {
        StreamingDecoder stream = SmallTokenizers.load("tekken").stream(false);
        stream.finish();
        assertThatThrownBy(() -> stream.accept(1)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(stream::finish).isInstanceOf(IllegalStateException.class);
    }
}
