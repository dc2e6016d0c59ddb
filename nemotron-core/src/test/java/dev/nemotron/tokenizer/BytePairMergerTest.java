package dev.nemotron.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nemotron.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.NotBlank;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.jspecify.annotations.Nullable;

class BytePairMergerTest {

    @Property(tries = 500)
    void mergesWhatMergingStepByStepGives(
            @ForAll @Size(min = 1, max = 40)
                    List<@CharRange(from = 'a', to = 'c') @StringLength(min = 2, max = 6) String> words,
            @ForAll @NotBlank @CharRange(from = 'a', to = 'c') @StringLength(min = 1, max = 80) String text) {
        Set<String> tokens = new LinkedHashSet<>(List.of("a", "b", "c"));
        List<@Nullable Object> merges = new ArrayList<>();
        for (String word : words) {
            // A word becomes a token by merges of what is before its last character, then that character.
            for (int end = 2; end <= word.length(); end++) {
                if (tokens.add(word.substring(0, end))) {
                    merges.add(List.of(word.substring(0, end - 1), word.substring(end - 1, end)));
                }
            }
        }
        Map<String, @Nullable Object> vocab = new LinkedHashMap<>();
        tokens.forEach(token -> vocab.put(token, (long) vocab.size()));
        JsonObject model =
                new JsonObject(new LinkedHashMap<>(Map.of("vocab", vocab, "merges", merges)), "test", "model");
        Vocabulary vocabulary = Vocabulary.read(model);
        BytePairMerger merger = new BytePairMerger(MergeTable.read(model, vocabulary));
        text.chars().forEach(c -> merger.add(vocabulary.id(Character.toString(c))));
        TokenBuffer out = new TokenBuffer();
        merger.merge(out);
        List<String> merged = new ArrayList<>();
        for (int id : out.slice(0)) {
            merged.add(String.valueOf(vocabulary.token(id)));
        }
        assertThat(merged).isEqualTo(stepByStep(text, merges));
    }

    /** Finds the best pair anew before each merge. */
    private static List<String> stepByStep(String text, List<@Nullable Object> merges) {
        List<String> symbols =
                new ArrayList<>(text.chars().mapToObj(Character::toString).toList());
        while (true) {
            int best = -1;
            int bestRank = Integer.MAX_VALUE;
            for (int i = 0; i + 1 < symbols.size(); i++) {
                int rank = merges.indexOf(symbols.subList(i, i + 2));
                if (rank >= 0 && rank < bestRank) {
                    bestRank = rank;
                    best = i;
                }
            }
            if (best < 0) {
                return symbols;
            }
            symbols.set(best, symbols.get(best) + symbols.remove(best + 1));
        }
    }
}
