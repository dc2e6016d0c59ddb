package dev.nemotron.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class StopMatcherTest {

    @Test
    void aStopStringAcrossPiecesIsFoundAndCutOff() {
        StopMatcher matcher = new StopMatcher(List.of("<end>"), false);
        assertThat(matcher.push("Hello <e")).isEqualTo("Hello ");
        assertThat(matcher.push("n")).isEmpty();
        assertThat(matcher.push("d> more")).isEmpty();
        assertThat(matcher.stopped()).isTrue();
        assertThat(matcher.push("and more")).isEmpty();
        assertThat(matcher.finish()).isEmpty();
    }

    @Test
    void whatTurnsOutNotToStopIsLetThrough() {
        StopMatcher matcher = new StopMatcher(List.of("aab"), false);
        assertThat(matcher.push("aa")).isEmpty();
        assertThat(matcher.push("a")).isEqualTo("a");
        assertThat(matcher.push("c")).isEqualTo("aac");
        assertThat(matcher.push("xa")).isEqualTo("x");
        assertThat(matcher.finish()).isEqualTo("a");
        assertThat(matcher.stopped()).isFalse();
    }

    @Test
    void theStopStringCanBeIncluded() {
        StopMatcher matcher = new StopMatcher(List.of("b", "abc"), true);
        assertThat(matcher.push("xabcd")).isEqualTo("xab");
        assertThat(matcher.stopped()).isTrue();
    }

    @Test
    void ofStopStringsThatEndTogetherTheLongestIsCutOff() {
        assertThat(new StopMatcher(List.of("c", "abc", "bc"), false).push("xabcd"))
                .isEqualTo("x");
    }

    @Test
    void withoutStopStringsEverythingPasses() {
        StopMatcher matcher = new StopMatcher(List.of(), false);
        assertThat(matcher.push("text")).isEqualTo("text");
        assertThatThrownBy(() -> new StopMatcher(List.of(""), false)).isInstanceOf(IllegalArgumentException.class);
    }

    @Property(tries = 2000)
    void theResultIsTheSameHoweverTheTextIsCut(
            @ForAll("texts") String text,
            @ForAll @Size(min = 1, max = 3) List<@net.jqwik.api.From("stops") String> stops,
            @ForAll int seed) {
        StopMatcher matcher = new StopMatcher(stops, false);
        Random random = new Random(seed);
        StringBuilder out = new StringBuilder();
        for (int at = 0; at < text.length(); ) {
            int end = Math.min(text.length(), at + random.nextInt(5));
            out.append(matcher.push(text.substring(at, end)));
            assertThat(text).startsWith(out);
            at = end;
        }
        out.append(matcher.finish());
        assertThat(out.toString()).isEqualTo(expected(text, stops));
        assertThat(matcher.stopped()).isEqualTo(stops.stream().anyMatch(text::contains));
    }

    private static String expected(String text, List<String> stops) {
        for (int end = 1; end <= text.length(); end++) {
            String head = text.substring(0, end);
            int longest = stops.stream()
                    .filter(head::endsWith)
                    .mapToInt(String::length)
                    .max()
                    .orElse(0);
            if (longest > 0) {
                return head.substring(0, end - longest);
            }
        }
        return text;
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.strings().withChars('a', 'b', 'c').ofMaxLength(30);
    }

    @Provide
    Arbitrary<String> stops() {
        return Arbitraries.strings().withChars('a', 'b', 'c').ofMinLength(1).ofMaxLength(6);
    }
}
