package dev.nemotron.grammar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nemotron.OutputFormat;
import dev.nemotron.TestData;
import dev.nemotron.tokenizer.AddedToken;
import dev.nemotron.tokenizer.Tokenizer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TokenTrieTest {

    static List<Path> tokenizers() throws IOException {
        try (Stream<Path> folders = Files.list(TestData.folder("tokenizer").resolve("small"))) {
            return folders.filter(folder -> Files.exists(folder.resolve("tokenizer.json")))
                    .filter(folder -> List.of("gpt2", "llama2", "llama3", "kimi", "added-tokens")
                            .contains(folder.getFileName().toString()))
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("tokenizers")
    void everyTokenOfAVocabularyIsInTheTrieWithItsBytesUnlessItIsAControlToken(Path folder) {
        Tokenizer tokenizer = Tokenizer.load(folder);
        TokenTrie trie = TokenTrie.of(tokenizer);
        long[] all = new long[(trie.size() + 63) / 64];
        trie.shortText().addAll(all);
        trie.longText().addAll(all);
        trie.others().addAll(all);
        for (AddedToken added : tokenizer.addedTokens()) {
            if (added.special()) {
                assertThat(trie.bytes(added.id())).isEmpty();
                assertThat(trie.marker(added.content())).isEqualTo(added.id());
            }
        }
        int found = 0;
        for (int token = 0; token < trie.size(); token++) {
            byte[] bytes = trie.bytes(token);
            assertThat((all[token >> 6] >>> token & 1) != 0).isEqualTo(bytes.length > 0);
            if (bytes.length > 0) {
                assertThat(bytes).isEqualTo(tokenizer.bytes(token));
                found += isFound(trie, token) ? 1 : 0;
            }
        }
        int expected = Arrays.stream(all)
                .map(Long::bitCount)
                .mapToInt(Math::toIntExact)
                .sum();
        assertThat(found).isEqualTo(expected).isPositive();
    }

    private static boolean isFound(TokenTrie trie, int token) {
        byte[] bytes = trie.bytes(token);
        return Stream.of(trie.shortText(), trie.longText(), trie.others()).anyMatch(slice -> {
            TrieSlice.Range range = slice.find(bytes, 0, bytes.length);
            for (int node = range.first(); node < Math.min(range.children(), range.end()); node++) {
                if (slice.token(node) == token && slice.depth(node) == bytes.length) {
                    return true;
                }
            }
            return false;
        });
    }

    @Test
    void forcedTextIsCutAsTheTokenizerCutsIt() {
        Tokenizer tokenizer =
                Tokenizer.load(TestData.folder("tokenizer").resolve("small").resolve("llama3"));
        Grammar grammar = Grammar.compile(OutputFormat.choice("the answer is 42"), TokenTrie.of(tokenizer));
        Matcher matcher = grammar.matcher();
        assertThat(matcher.forced()).isEqualTo(tokenizer.encode("the answer is 42", false));
    }

    @Test
    void tokensOfEqualBytesAreBothAllowed() {
        byte[][] tokens = new byte[260][];
        Arrays.setAll(tokens, i -> i < 256 ? new byte[] {(byte) i} : "ab".getBytes(StandardCharsets.UTF_8));
        tokens[256] = new byte[0];
        tokens[259] = "abc".getBytes(StandardCharsets.UTF_8);
        Matcher matcher = Grammar.compile(OutputFormat.choice("abcd", "abx"), Vocabularies.of(tokens, Map.of()))
                .matcher();
        long[] mask = new long[5];
        matcher.fillMask(mask);
        assertThat(mask[4]).isEqualTo(0b1110);
        assertThat(mask[1]).isEqualTo(1L << ('a' - 64));
    }
}
