package dev.nemotron.grammar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nemotron.OutputFormat;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A vocabulary of real size: the bounds are far above what is measured, so that a busy machine does not break them. */
class SpeedTest {

    private static final int SIZE = 131_072;
    private static final String SCHEMA = """
            {"type": "object", "properties": {"city": {"type": "string"}, "days": {"type": "integer", "minimum": 1, "maximum": 14},
            "unit": {"enum": ["celsius", "fahrenheit"]}, "tags": {"type": "array", "items": {"type": "string", "maxLength": 50}},
            "place": {"type": "object", "properties": {"lat": {"type": "number"}, "lon": {"type": "number"}, "note": {"type": "string"}},
            "required": ["lat", "lon"]}}, "required": ["city", "days"], "additionalProperties": false}""";

    /** Bytes, then words of letters, spaces, other scripts and punctuation. */
    private static TokenTrie large() {
        Random random = new Random(1);
        Set<String> words = new HashSet<>();
        String letters = "etaoinshrdlucmfwypvbgkjqxz";
        while (words.size() < SIZE - 257) {
            StringBuilder word = new StringBuilder(random.nextInt(3) == 0 ? " " : "");
            int length = 2 + random.nextInt(9);
            int kind = random.nextInt(40);
            for (int i = 0; i < length; i++) {
                word.append(
                        kind < 30
                                ? letters.charAt((int) (Math.abs(random.nextGaussian()) * 6) % 26)
                                : kind < 38
                                        ? (char) (0x400 + random.nextInt(0x80))
                                        : "\"',:{}[]\n .".charAt(random.nextInt(11)));
            }
            words.add(word.toString());
        }
        byte[][] tokens = new byte[SIZE][];
        int id = 257;
        for (String word : words) {
            tokens[id++] = word.getBytes(StandardCharsets.UTF_8);
        }
        Arrays.setAll(tokens, i -> i < 256 ? new byte[] {(byte) i} : i == 256 ? new byte[0] : tokens[i]);
        return Vocabularies.of(tokens, Map.of());
    }

    private static long now() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    @Test
    void masksOfALargeVocabularyTakeMicroseconds() {
        TokenTrie vocabulary = large();
        long[] compile = new long[5];
        Grammar grammar = Grammar.compile(OutputFormat.jsonSchema(SCHEMA), vocabulary);
        long[] times = new long[4000];
        long[] mask = new long[SIZE / 64];
        Random random = new Random(2);
        int at = 0;
        for (int round = 0; round < compile.length; round++) {
            long before = now();
            grammar = Grammar.compile(OutputFormat.jsonSchema(SCHEMA), vocabulary);
            compile[round] = now() - before;
            Matcher matcher = grammar.matcher(Vocabularies.END);
            for (int i = 0; i < times.length / compile.length; i++) {
                if (matcher.exhausted()) {
                    matcher = grammar.matcher(Vocabularies.END);
                }
                before = now();
                matcher.fillMask(mask);
                times[at++] = now() - before;
                matcher.accept(next(matcher, mask, random));
            }
        }
        Arrays.sort(times);
        Arrays.sort(compile);
        assertThat(times[times.length / 2]).as("median in ns").isLessThan(300_000);
        assertThat(times[times.length * 99 / 100]).as("99th percentile in ns").isLessThan(10_000_000);
        assertThat(compile[compile.length / 2]).as("compilation in ns").isLessThan(300_000_000);
    }

    private static int next(Matcher matcher, long[] mask, Random random) {
        if (random.nextInt(3) == 0 && matcher.allows('"')) {
            return '"';
        }
        int count = 0;
        for (long word : mask) {
            count += Long.bitCount(word);
        }
        int token = Vocabularies.END;
        while (token == Vocabularies.END) {
            token = Walks.nth(mask, random.nextInt(count));
        }
        return token;
    }
}
