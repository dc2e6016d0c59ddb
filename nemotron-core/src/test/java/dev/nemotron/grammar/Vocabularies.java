package dev.nemotron.grammar;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Small vocabularies: every byte is a token, and then some texts are. */
final class Vocabularies {

    /** The token that ends an answer in each of them. */
    static final int END = 256;

    /** Texts that cross the borders of JSON, of characters and of tool calls. */
    private static final List<String> TEXTS = List.of(
            "{\"",
            "\":",
            "\": ",
            "\": \"",
            "\",",
            "\", \"",
            "\",\"",
            "\"}",
            "\"]",
            "}}",
            "}]",
            "]}",
            "[[",
            "[{",
            "{}",
            "[]",
            ",\"",
            ", \"",
            "\"\"",
            ":\"",
            "\"a\":",
            "\",\"a\":",
            "\":\"\",\"",
            "a",
            "aa",
            "ab",
            "abc",
            "b",
            "name",
            "nam",
            "e\"",
            "age",
            "tru",
            "true",
            "false",
            "alse",
            "null",
            "ull,",
            "1",
            "12",
            "123",
            "00",
            "0.",
            ".5",
            "-1",
            "e+",
            "E1",
            "\\n",
            "\\u00",
            "\\\"",
            "\\\\",
            "\\",
            "u0041",
            "é",
            "è\"",
            "日本",
            "本\"",
            "😀",
            " ",
            "  ",
            "\n",
            "\n\n",
            "</",
            "parameter",
            ">\n",
            "</parameter>",
            "\n</parameter>\n",
            "<parameter=",
            "<function=",
            "</function>\n",
            "tool",
            "_call",
            "<tool",
            "Hello",
            " world",
            " the",
            "2024",
            "-01",
            "-",
            "T1",
            ":0",
            "Z",
            "x-",
            "::",
            "a.b",
            "@",
            ".com");

    private Vocabularies() {}

    /** All bytes and some texts; no markers. */
    static TokenTrie plain() {
        return of(TEXTS, Map.of());
    }

    /** The same with markers, which come after the texts. */
    static TokenTrie withMarkers(String... markers) {
        Map<String, Integer> ids = new java.util.HashMap<>();
        for (String marker : markers) {
            ids.put(marker, END + 1 + TEXTS.size() + ids.size());
        }
        return of(TEXTS, ids);
    }

    /** Only bytes. */
    static TokenTrie bytes() {
        return of(List.of(), Map.of());
    }

    static TokenTrie of(List<String> texts, Map<String, Integer> markers) {
        List<byte[]> tokens = new ArrayList<>();
        for (int value = 0; value < 256; value++) {
            tokens.add(new byte[] {(byte) value});
        }
        tokens.add(new byte[0]);
        texts.forEach(text -> tokens.add(text.getBytes(StandardCharsets.UTF_8)));
        markers.forEach((text, id) -> tokens.add(new byte[0]));
        // A byte within characters, and one that is there twice.
        tokens.add(new byte[] {(byte) 0xA9, 'a'});
        tokens.add(new byte[] {(byte) 0xF0, (byte) 0x9F});
        tokens.add(new byte[] {'"'});
        return of(tokens.toArray(byte[][]::new), markers);
    }

    static TokenTrie of(byte[][] tokens, Map<String, Integer> markers) {
        return new TokenTrie(tokens, markers, text -> longestFirst(tokens, text));
    }

    private static int[] longestFirst(byte[][] tokens, String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        List<Integer> ids = new ArrayList<>();
        for (int at = 0; at < utf8.length; ) {
            int best = -1;
            for (int token = 0; token < tokens.length; token++) {
                byte[] bytes = tokens[token];
                boolean fits = bytes.length > 0
                        && at + bytes.length <= utf8.length
                        && Arrays.equals(utf8, at, at + bytes.length, bytes, 0, bytes.length);
                if (fits && (best < 0 || bytes.length > tokens[best].length)) {
                    best = token;
                }
            }
            if (best < 0) {
                throw new IllegalArgumentException("the vocabulary cannot spell " + text);
            }
            ids.add(best);
            at += tokens[best].length;
        }
        return ids.stream().mapToInt(Integer::intValue).toArray();
    }
}
