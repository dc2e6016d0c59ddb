package dev.nemotron.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nemotron.tokenizer.SmallTokenizers.Golden;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every small tokenizer does with the corpus what the reference library does. */
class GoldenTest {

    static List<String> names() {
        return SmallTokenizers.names();
    }

    @ParameterizedTest
    @MethodSource("names")
    void encodesAndDecodesAsTheReferenceDoes(String name) {
        Tokenizer tokenizer = SmallTokenizers.load(name);
        List<Golden> goldens = SmallTokenizers.goldens(SmallTokenizers.folder().resolve(name));
        assertThat(goldens).hasSizeGreaterThan(50);
        for (Golden golden : goldens) {
            assertMatches(tokenizer, golden);
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void untrustedTextIsEncodedAsIfSpecialTokensDidNotExist(String name) {
        Tokenizer tokenizer = SmallTokenizers.load(name);
        boolean onlySpecial = tokenizer.addedTokens().stream().allMatch(AddedToken::special);
        for (Golden golden : SmallTokenizers.goldens(SmallTokenizers.folder().resolve(name))) {
            int[] untrusted = tokenizer.encode(List.of(new TextSpan(golden.text(), false)), false);
            if (onlySpecial) {
                assertThat(SmallTokenizers.list(untrusted)).as(golden.text()).isEqualTo(golden.plain());
            } else {
                assertThat(untrusted).as(golden.text()).satisfies(SmallTokenizers.noSpecial(tokenizer));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"tekken", "added-tokens", "added-tokens-normalized", "llama2", "metaspace-first"})
    void randomIdsDecodeAsTheReferenceDecodesThem(String name) {
        Tokenizer tokenizer = SmallTokenizers.load(name);
        List<Golden> decodings =
                SmallTokenizers.decodings(SmallTokenizers.folder().resolve(name));
        assertThat(decodings).hasSize(200);
        for (Golden golden : decodings) {
            int[] ids = SmallTokenizers.array(golden.ids());
            assertThat(tokenizer.decode(ids, false)).as("%s", golden.ids()).isEqualTo(golden.decoded());
            assertThat(tokenizer.decode(ids, true)).as("%s", golden.ids()).isEqualTo(golden.skipped());
        }
    }

    static void assertMatches(Tokenizer tokenizer, Golden golden) {
        String text = golden.text();
        assertThat(SmallTokenizers.list(tokenizer.encode(text, false))).as(text).isEqualTo(golden.ids());
        assertThat(SmallTokenizers.list(tokenizer.encode(text, true))).as(text).isEqualTo(golden.withSpecial());
        assertThat(SmallTokenizers.list(tokenizer.encode(List.of(new TextSpan(text, true)), true)))
                .as(text)
                .isEqualTo(golden.withSpecial());
        assertThat(tokenizer.decode(SmallTokenizers.array(golden.ids()), false))
                .as(text)
                .isEqualTo(golden.decoded());
        assertThat(tokenizer.decode(SmallTokenizers.array(golden.withSpecial()), true))
                .as(text)
                .isEqualTo(golden.skipped());
    }
}
