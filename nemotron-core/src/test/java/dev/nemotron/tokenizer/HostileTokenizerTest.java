package dev.nemotron.tokenizer;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nemotron.ModelFormatException;
import dev.nemotron.NemotronException;
import dev.nemotron.UnsupportedModelException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Damaged and malicious files end in an exception that names the place. */
class HostileTokenizerTest {

    private static final String MODEL = "'model':{'type':'BPE','vocab':{'a':0,'b':1,'ab':2},'merges':['a b']}";

    private static Tokenizer parse(String json) {
        return Tokenizer.parse(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8), "tokenizer.json");
    }

    private static void assertRefused(String json, String... parts) {
        assertThatThrownBy(() -> parse(json))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContaining("tokenizer.json")
                .message()
                .contains(parts);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{\"a\":-1};found the number -1",
                "{\"a\":4194304};from 0 to 4194303",
                "{\"a\":99999999999999999999};\"model.vocab.a\"",
                "{\"a\":1.5};found the number 1.5",
                "{\"a\":\"0\"};found the string \"0\"",
                "{\"a\":null};found null",
                "{\"a\":0,\"b\":0};the id 0 is given to",
                "{};at least one token",
                "[];must be an object"
            })
    void vocabularyWithImpossibleIdsIsRefused(String vocab, String message) {
        assertRefused("{'model':{'type':'BPE','merges':[],'vocab':" + vocab + "}}", message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "[\"a x\"];found the string \"x\"",
                "[\"a b\",\"b a\"];merges[1]",
                "[\"a\"];merges[0]",
                "[\"a b c\"];merges[0]",
                "[[\"a\"]];merges[0]",
                "[[\"a\",1]];merges[0]",
                "[7];merges[0]",
                "{};\"model.merges\" must be",
                "null;\"model.merges\" must be"
            })
    void mergesThatDoNotFitTheVocabularyAreRefused(String merges, String message) {
        assertRefused("{'model':{'type':'BPE','vocab':{'a':0,'b':1,'ab':2},'merges':" + merges + "}}", message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{\"id\":0,\"content\":\"<x>\"};the id 0 is given to",
                "{\"id\":7,\"content\":\"a\"};\"added_tokens[0].id\" must be 0",
                "{\"id\":-1,\"content\":\"<x>\"};added_tokens[0].id",
                "{\"id\":9,\"content\":5};added_tokens[0].content",
                "{\"id\":9};added_tokens[0].content",
                "{\"content\":\"<x>\"};added_tokens[0].id",
                "{\"id\":9,\"content\":\"<x>\",\"special\":\"yes\"};added_tokens[0].special",
                "17;added_tokens[0]"
            })
    void malformedAddedTokensAreRefused(String token, String message) {
        assertRefused("{'added_tokens':[" + token + "]," + MODEL + "}", message);
    }

    @Test
    void addedTokensThatShareAnIdAreRefused() {
        assertRefused(
                "{'added_tokens':[{'id':9,'content':'<x>'},{'id':9,'content':'<y>'}]," + MODEL + "}",
                "the id 9",
                "<y>");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Unigram", "WordPiece", "WordLevel", "Nonsense"})
    void otherModelsAreRefusedByName(String type) {
        assertThatThrownBy(() -> parse("{'model':{'type':'" + type + "','vocab':{'a':0}}}"))
                .isInstanceOf(UnsupportedModelException.class)
                .hasMessageContaining("\"" + type + "\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"normalizer", "pre_tokenizer", "post_processor", "decoder"})
    void otherComponentsAreRefusedByName(String component) {
        assertThatThrownBy(() -> parse("{'" + component + "':{'type':'Bert'}," + MODEL + "}"))
                .isInstanceOf(UnsupportedModelException.class)
                .hasMessageContaining("\"Bert\"");
        assertRefused("{'" + component + "':{}," + MODEL + "}", "\"" + component + ".type\"");
        assertRefused("{'" + component + "':[]," + MODEL + "}", "\"" + component + "\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"(", "[", "a{99999999999}", "\\p{NoSuchThing}", "[[:alpha:]]", "(?<n>a)\\k<m>"})
    void malformedRegularExpressionsAreRefused(String regex) {
        assertRefused(split(regex), "pre_tokenizer.pattern");
    }

    @Test
    void hugeRegularExpressionsAreRefused() {
        assertRefused(split("a".repeat(70_000)), "70000 characters");
        assertRefused(split("(".repeat(30_000) + ")".repeat(30_000)), "pre_tokenizer.pattern");
    }

    @Test
    @Timeout(60)
    void regularExpressionThatTakesForeverEndsInAnException() {
        Tokenizer tokenizer = parse(split("(x?a|aa|a)+\\1c|x"));
        assertThatThrownBy(() -> tokenizer.encode("a".repeat(60), false))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContaining("takes too long");
    }

    @Test
    @Timeout(60)
    void regularExpressionThatEatsTheStackEndsInAnException() {
        Tokenizer tokenizer = parse(split("(?:a|b|(c))+(?:d|e)|x"));
        assertThatThrownBy(() -> tokenizer.encode("ab".repeat(500_000), false))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContaining("pre_tokenizer.pattern");
    }

    @Test
    void postProcessorThatAddsAnUnknownTokenIsRefused() {
        String template =
                "{'type':'TemplateProcessing','single':[{'SpecialToken':{'id':'<s>'}},{'Sequence':{'id':'A'}}],"
                        + "'special_tokens':{'<s>':{'ids':[%s]}}}";
        assertRefused("{'post_processor':" + template.formatted("77") + "," + MODEL + "}", "post_processor", "77");
        assertRefused("{'post_processor':" + template.formatted("-1") + "," + MODEL + "}", "special_tokens.<s>.ids[0]");
        assertRefused(
                "{'post_processor':{'type':'TemplateProcessing','single':[]}," + MODEL + "}", "post_processor.single");
    }

    @Test
    void componentsNestedWithoutEndAreRefused() {
        String open = "{'type':'Sequence','normalizers':[";
        assertRefused("{'normalizer':" + open.repeat(5000) + "]}".repeat(5000) + "," + MODEL + "}", "depth");
    }

    @Test
    void sequencesWithTooManyStepsAreRefused() {
        String steps = "{'type':'Digits'},".repeat(100_000) + "{'type':'Digits'}";
        assertRefused(
                "{'pre_tokenizer':{'type':'Sequence','pretokenizers':[" + steps + "]}," + MODEL + "}", "at most 64");
    }

    @Test
    void replacementsThatGrowATextWithoutEndAreStopped() {
        String step = "{'type':'Replace','pattern':{'String':'a'},'content':'aaaa'}";
        String steps = (step + ",").repeat(40) + step;
        Tokenizer tokenizer = parse("{'normalizer':{'type':'Sequence','normalizers':[" + steps + "]}," + MODEL + "}");
        assertThatThrownBy(() -> tokenizer.encode("a", false))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContaining("normalizer.normalizers[13].pattern");
    }

    @Test
    void missingFileIsNamed(@TempDir Path folder) {
        assertThatThrownBy(() -> Tokenizer.load(folder))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContaining("tokenizer.json");
    }

    @Property(tries = 300)
    void damagedFilesEndInATypedExceptionOrATokenizer(
            @ForAll @IntRange(min = 0, max = 10_000) int place, @ForAll @IntRange(min = 0, max = 127) int value)
            throws IOException {
        for (String name : List.of("split-isolated", "nfkc")) {
            byte[] bytes =
                    Files.readAllBytes(SmallTokenizers.folder().resolve(name).resolve("tokenizer.json"));
            bytes[place % bytes.length] = (byte) value;
            try {
                Tokenizer.parse(bytes, name).encode("Some text, 12 <s> \u00e9", true);
            } catch (NemotronException e) {
                // What a damaged file may do.
                org.assertj.core.api.Assertions.assertThat(e.getMessage()).startsWith(name);
            }
        }
    }

    private static String split(String regex) {
        return "{'pre_tokenizer':{'type':'Split','behavior':'Isolated','pattern':{'Regex':'"
                + regex.replace("\\", "\\\\") + "'}}," + MODEL + "}";
    }
}
