package dev.nemotron.grammar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.nemotron.OutputFormat;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RegexTest {

    private static final TokenTrie BYTES = Vocabularies.bytes();

    private static final List<String> ATOMS = List.of(
            "a",
            "b",
            "c",
            "é",
            "😀",
            ".",
            "[ab]",
            "[^a]",
            "[a-c0-9]",
            "\\d",
            "\\w",
            "[^\\d\\n]",
            "\\.",
            "\\u00e9",
            "\\x61",
            "ab");

    private static final List<String> COUNTS = List.of("*", "+", "?", "{2}", "{0,2}", "{1,}", "{3,9}", "*?", "{0,40}");

    private static String pattern(Random random, int depth) {
        int kind = depth == 0 ? 0 : random.nextInt(4);
        return switch (kind) {
            case 0 -> ATOMS.get(random.nextInt(ATOMS.size()));
            case 1 -> pattern(random, depth - 1) + pattern(random, depth - 1);
            case 2 -> "(?:" + pattern(random, depth - 1) + "|" + pattern(random, depth - 1) + ")";
            default -> "(" + pattern(random, depth - 1) + ")" + COUNTS.get(random.nextInt(COUNTS.size()));
        };
    }

    @Provide
    Arbitrary<String> patterns() {
        return Arbitraries.longs().map(seed -> pattern(new Random(seed), 3));
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.of("a", "b", "c", "é", "😀", "0", "9", ".", "\n", "ab", "x")
                .list()
                .ofMaxSize(10)
                .map(parts -> String.join("", parts));
    }

    @Property(tries = 600)
    void matchesAsWholeWhatTheJdkMatches(@ForAll("patterns") String pattern, @ForAll("texts") String text) {
        assertThat(Walks.accepts(Grammar.compile(OutputFormat.regex(pattern), BYTES), text))
                .isEqualTo(Pattern.matches(pattern, text));
    }

    @Property(tries = 200)
    void findsWithinAStringWhatTheJdkFinds(@ForAll("patterns") String pattern, @ForAll("texts") String text) {
        for (String anchored : List.of(pattern, "^" + pattern, pattern + "$", "^(" + pattern + ")$")) {
            assertThat(search(anchored, text))
                    .isIn(
                            null,
                            Pattern.compile(anchored.replace("$", "\\z"))
                                    .matcher(text)
                                    .find());
        }
    }

    private static @Nullable Boolean search(String pattern, String text) {
        try {
            return RegexParser.search(pattern).accepts(text);
        } catch (IllegalArgumentException tooLarge) {
            assertThat(tooLarge).hasMessageContaining("too large");
            return null;
        }
    }

    @Property(tries = 150)
    void whateverTheMasksAllowEndsAsAMatch(@ForAll("patterns") String pattern, @ForAll Random random) {
        String text = Walks.random(Grammar.compile(OutputFormat.regex(pattern), Vocabularies.plain()), random, 20);
        assertThat(text).matches(Pattern.compile(pattern));
    }

    @ParameterizedTest
    @CsvSource({
        "^ab$, ab, true",
        "^ab$, xab, false",
        "^a|b$, a, true",
        "(^a|b)c, ac, true",
        "(^a|b)c, bc, true",
        "a$|^b, b, true",
        "\\p{L}+, éß, true",
        "\\p{Lu}, a, false",
        "\\P{L}, 1, true",
        "[\\p{Nd}x]+, 1x٣, true",
        "(?<n>a)b, ab, true",
        "[\\]\\-a]+, ]-a, true",
        "[a-], -, true",
        "a{2, a{2, true",
        "[^], x, true",
        "\\cA, '\u0001', true",
        "[\\b], '\b', true",
        "\\ud83d\\ude00, 😀, true",
        "\\u{1F600}, 😀, true",
        "a{0}, '', true",
        "(), '', true",
        "a||b, '', true"
    })
    void readsWhatEcmaScriptReads(String pattern, String text, boolean matches) {
        assertThat(Walks.accepts(Grammar.compile(OutputFormat.regex(pattern), BYTES), text))
                .isEqualTo(matches);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(",
                ")",
                "a)",
                "(a",
                "[a",
                "[",
                "[b-a]",
                "*",
                "a**",
                "+a",
                "\\",
                "\\1",
                "\\k<n>",
                "(?=a)",
                "(?!a)",
                "(?<=a)b",
                "(?<!a)b",
                "(?i)a",
                "\\bword\\b",
                "a++",
                "a{3,2}",
                "a{9999999}",
                "\\p{Greek}",
                "\\p{L",
                "\\xz",
                "\\u12",
                "\\q",
                "\\u{110000}"
            })
    void refusesWhatItCannotEnforce(String pattern) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RegexParser.whole(pattern))
                .withMessageContaining("regular expression");
    }
}
