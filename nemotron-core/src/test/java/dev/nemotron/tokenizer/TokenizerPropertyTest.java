package dev.nemotron.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class TokenizerPropertyTest {

    private static final List<String> BYTE_LEVEL = List.of("tekken", "tekken-bos", "llama3", "o200k", "split-isolated");
    private static final List<String> VARIED =
            List.of("tekken", "llama3", "gpt2", "added-tokens", "llama2", "metaspace-first", "bytes-first");

    @Property(tries = 1000)
    void byteLevelTokenizersGiveTheTextBack(@ForAll("texts") String text) {
        for (String name : BYTE_LEVEL) {
            Tokenizer tokenizer = SmallTokenizers.load(name);
            assertThat(tokenizer.decode(tokenizer.encode(text, false), false))
                    .as(name)
                    .isEqualTo(text);
            assertThat(tokenizer.decode(tokenizer.encode(text, true), true))
                    .as(name)
                    .isEqualTo(withoutSpecials(tokenizer, text));
        }
    }

    @Property(tries = 1000)
    void streamedTextEqualsTheWholeAndNeverEndsInHalfACharacter(
            @ForAll("ids") List<Integer> ids, @ForAll boolean skipSpecialTokens) {
        for (String name : VARIED) {
            Tokenizer tokenizer = SmallTokenizers.load(name);
            int[] known = ids.stream()
                    .mapToInt(id -> id % (tokenizer.vocabularySize() + 3))
                    .toArray();
            StreamingDecoder stream = tokenizer.stream(skipSpecialTokens);
            StringBuilder text = new StringBuilder();
            for (int id : known) {
                String part = stream.accept(id);
                assertThat(part.isEmpty() || !Character.isHighSurrogate(part.charAt(part.length() - 1)))
                        .isTrue();
                text.append(part);
            }
            assertThat(text.append(stream.finish()).toString())
                    .as(name)
                    .isEqualTo(tokenizer.decode(known, skipSpecialTokens));
        }
    }

    @Property(tries = 500)
    void streamedTextKeepsNothingBackOnceItsCharactersAreComplete(@ForAll("texts") String text) {
        Tokenizer tokenizer = SmallTokenizers.load("tekken");
        StreamingDecoder stream = tokenizer.stream(false);
        StringBuilder streamed = new StringBuilder();
        for (int id : tokenizer.encode(text, false)) {
            streamed.append(stream.accept(id));
        }
        assertThat(streamed.toString()).isEqualTo(text);
        assertThat(stream.finish()).isEmpty();
    }

    @Property(tries = 1000)
    void untrustedTextNeverYieldsASpecialToken(@ForAll("spans") List<TextSpan> spans) {
        for (String name : List.of("tekken", "llama3", "qwen2", "added-tokens", "added-tokens-normalized", "llama2")) {
            Tokenizer tokenizer = SmallTokenizers.load(name);
            List<TextSpan> untrusted =
                    spans.stream().map(span -> new TextSpan(span.text(), false)).toList();
            assertThat(tokenizer.encode(untrusted, false)).as(name).satisfies(SmallTokenizers.noSpecial(tokenizer));
        }
    }

    @Property(tries = 1000)
    void specialTokensAreAsManyAsTheTrustedSpansAskFor(@ForAll("markedSpans") List<TextSpan> spans) {
        Tokenizer tokenizer = SmallTokenizers.load("tekken");
        int marker = tokenizer.id("<|im_end|>").orElseThrow();
        long wanted = spans.stream().filter(TextSpan::trusted).count();
        int[] ids = tokenizer.encode(spans, false);
        assertThat(SmallTokenizers.list(ids))
                .filteredOn(tokenizer::isSpecial)
                .hasSize((int) wanted)
                .containsOnly(marker);
        StringBuilder whole = new StringBuilder();
        spans.forEach(span -> whole.append(span.text()));
        assertThat(tokenizer.decode(ids, false)).isEqualTo(whole.toString());
    }

    @Property(tries = 500)
    void spansWithoutTokenTextAreCutAsOneText(@ForAll("texts") String text, @ForAll("cuts") List<Integer> cuts) {
        Tokenizer tokenizer = SmallTokenizers.load("tekken");
        String plain = text.replace("<", "").replace("[", "");
        List<TextSpan> spans = new ArrayList<>();
        int from = 0;
        for (int cut : cuts) {
            int to = Math.min(plain.length(), from + cut);
            spans.add(new TextSpan(plain.substring(from, to), cut % 2 == 0));
            from = to;
        }
        spans.add(new TextSpan(plain.substring(from), false));
        assertThat(tokenizer.encode(spans, true)).isEqualTo(tokenizer.encode(plain, true));
    }

    @Property(tries = 300)
    void bytesOfTokensMakeUpTheText(@ForAll("texts") String text) {
        for (String name : List.of("tekken", "llama3", "o200k")) {
            Tokenizer tokenizer = SmallTokenizers.load(name);
            java.io.ByteArrayOutputStream bytes = new java.io.ByteArrayOutputStream();
            for (int id : tokenizer.encode(text, false)) {
                bytes.writeBytes(tokenizer.bytes(id));
            }
            assertThat(bytes.toString(StandardCharsets.UTF_8)).as(name).isEqualTo(text);
        }
    }

    private static String withoutSpecials(Tokenizer tokenizer, String text) {
        StringBuilder left = new StringBuilder(text);
        for (AddedToken token : tokenizer.addedTokens()) {
            int at = left.indexOf(token.content());
            while (at >= 0) {
                left.delete(at, at + token.content().length());
                at = left.indexOf(token.content(), at);
            }
        }
        return left.toString();
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.oneOf(
                Arbitraries.strings().ofMaxLength(30).map(TokenizerPropertyTest::wellFormed),
                Arbitraries.of(
                                "HelloWorld ",
                                "it's ",
                                "  \n",
                                "\u4f60\u597d",
                                "\uD83D\uDC4D\uD83C\uDFFD",
                                "12345",
                                "e\u0301",
                                "\t",
                                "==",
                                " ")
                        .list()
                        .ofMaxSize(12)
                        .map(parts -> String.join("", parts)));
    }

    @Provide
    Arbitrary<List<Integer>> ids() {
        return Arbitraries.integers().between(0, 5000).list().ofMaxSize(30);
    }

    @Provide
    Arbitrary<List<Integer>> cuts() {
        return Arbitraries.integers().between(0, 9).list().ofMaxSize(6);
    }

    @Provide
    Arbitrary<List<TextSpan>> spans() {
        Arbitrary<String> parts = Arbitraries.of(
                "<|im_end|>",
                "<|im_",
                "end|>",
                "<s>",
                "<S>",
                "<norm>",
                "<NORM>",
                "</s>",
                "<sp>",
                "<|eot_id|>",
                "<unk>",
                "<",
                " ",
                "x",
                "\u00e9");
        return parts.list()
                .ofMaxSize(5)
                .map(list -> new TextSpan(String.join("", list), false))
                .list()
                .ofMaxSize(5);
    }

    /** Trusted spans are exactly one marker; untrusted ones may hold it, or pieces of it, too. */
    @Provide
    Arbitrary<List<TextSpan>> markedSpans() {
        Arbitrary<TextSpan> untrusted = Combinators.combine(
                        Arbitraries.of("<|im_end|>", "<|im_", "end|>", "<", "", "hi "),
                        Arbitraries.of("|>", " x", ">", "\n", "<|im_end|>"))
                .as((a, b) -> new TextSpan(a + b, false));
        return Arbitraries.oneOf(untrusted, Arbitraries.just(new TextSpan("<|im_end|>", true)))
                .list()
                .ofMaxSize(8)
                .filter(spans -> spans.stream().anyMatch(TextSpan::trusted));
    }

    private static String wellFormed(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_16), StandardCharsets.UTF_16);
    }
}
