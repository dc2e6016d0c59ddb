package dev.nemotron.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Each hand-written scanner cuts as its regular expression does. */
class PublishedPatternsTest {

    @Property(tries = 3000)
    void scannersCutAsTheirRegularExpressionsDo(@ForAll("texts") String text) {
        char[] characters = text.toCharArray();
        for (Map.Entry<String, WordPattern> pattern : PublishedPatterns.SCANNERS.entrySet()) {
            List<String> expected = cuts(new RegexPattern(pattern.getKey(), "test"), characters);
            assertThat(cuts(pattern.getValue(), characters))
                    .as(pattern.getKey())
                    .isEqualTo(expected);
        }
    }

    private static List<String> cuts(SplitPattern pattern, char[] text) {
        List<String> cuts = new ArrayList<>();
        pattern.find(text, 0, text.length, (from, to, match) -> {
            assertThat(match).isTrue();
            cuts.add(new String(text, from, to - from));
        });
        return cuts;
    }

    /** One character of each class that a pattern distinguishes, and some that only look like it. */
    @Provide
    Arbitrary<String> texts() {
        int[] characters = {
            'a', 'Z', 's', 'T', 'l', 'e', 'r', 'v', 'm', 'd', '\'', 0x17f, 0x1c5, 0x2b0, 0x4e2d, 0x301, 0x20dd, '1',
            0x661, 0xbd, 0x2160, ' ', ' ', '\n', '\r', '\t', 0xa0, 0x85, 0x2028, '/', '.', '_', 0x200d, 0x1f44d,
            0x1f3fd, 0x1d518, 0x10400, 0x10428, 0x1e944, 0xe0100, 0x378
        };
        return Arbitraries.integers()
                .between(0, characters.length - 1)
                .list()
                .ofMaxSize(14)
                .map(picked -> {
                    StringBuilder text = new StringBuilder();
                    picked.forEach(index -> text.appendCodePoint(characters[index]));
                    return text.toString();
                });
    }
}
