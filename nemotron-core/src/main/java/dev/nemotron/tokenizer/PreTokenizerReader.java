package dev.nemotron.tokenizer;

import dev.nemotron.ModelFormatException;
import dev.nemotron.UnsupportedModelException;
import dev.nemotron.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The pre-tokenizer of a tokenizer file.
 *
 * @param cuts what cuts the text
 * @param byteLevel whether the pieces are then written in the {@link ByteAlphabet}, which is left to the model
 */
record PreTokenizerReader(PreTokenizer cuts, boolean byteLevel) {

    /**
     * Reads a pre-tokenizer.
     *
     * @param spec its object, or null where the file has none
     * @throws ModelFormatException if it is malformed
     * @throws UnsupportedModelException if it is of an unknown kind
     */
    static PreTokenizerReader read(@Nullable JsonObject spec) {
        List<PreTokenizer> steps = new ArrayList<>();
        if (spec != null) {
            collect(spec, steps);
        }
        boolean byteLevel = !steps.isEmpty() && steps.getLast() instanceof ByteLevelPreTokenizer;
        int toSpell = byteLevel ? steps.size() - 1 : steps.size();
        for (int i = 0; i < toSpell; i++) {
            if (steps.get(i) instanceof ByteLevelPreTokenizer step) {
                steps.set(i, step.spelledOut());
            }
        }
        if (byteLevel && steps.getLast().equals(new ByteLevelPreTokenizer(false, false))) {
            steps.removeLast();
        }
        return new PreTokenizerReader(PreTokenizer.sequence(steps), byteLevel);
    }

    private static void collect(JsonObject spec, List<PreTokenizer> steps) {
        if (TokenizerFile.type(spec).equals("Sequence")) {
            for (JsonObject step : TokenizerFile.objects(spec, "pretokenizers")) {
                collect(step, steps);
            }
        } else {
            steps.add(single(spec));
        }
    }

    private static PreTokenizer single(JsonObject spec) {
        String type = TokenizerFile.type(spec);
        return switch (type) {
            case "ByteLevel" ->
                new ByteLevelPreTokenizer(spec.flag("add_prefix_space", true), spec.flag("use_regex", true));
            case "Split" -> split(spec);
            case "Metaspace" -> metaspace(spec);
            case "Digits" ->
                new SplitPreTokenizer(
                        SplitPattern.character(c -> CharacterClasses.is(c, CharacterClasses.NUMBER)),
                        spec.flag("individual_digits", false) ? SplitBehavior.ISOLATED : SplitBehavior.CONTIGUOUS,
                        false);
            case "Punctuation" ->
                new SplitPreTokenizer(
                        SplitPattern.character(Punctuation::contains), behavior(spec, SplitBehavior.ISOLATED), false);
            case "WhitespaceSplit" ->
                new SplitPreTokenizer(
                        SplitPattern.character(c -> CharacterClasses.is(c, CharacterClasses.SPACE)),
                        SplitBehavior.REMOVED,
                        false);
            case "Whitespace" -> PreTokenizerReader::wordsAndSymbols;
            default ->
                throw new UnsupportedModelException(
                        spec.source() + ": the pre-tokenizer \"" + type + "\" is not supported;"
                                + " ByteLevel, Split, Metaspace, Digits, Punctuation, Whitespace, WhitespaceSplit and Sequence are");
        };
    }

    private static PreTokenizer split(JsonObject spec) {
        SplitBehavior behavior = behavior(spec, null);
        boolean invert = spec.flag("invert", false);
        TokenizerFile.Pattern pattern = TokenizerFile.pattern(spec);
        if (pattern.regex() == null) {
            return pattern.literal().isEmpty()
                    ? PreTokenizer.WHOLE
                    : new SplitPreTokenizer(SplitPattern.literal(pattern.literal()), behavior, invert);
        }
        SplitPattern scanner = PublishedPatterns.scanner(pattern.regex());
        return new SplitPreTokenizer(
                scanner == null ? new RegexPattern(pattern.regex(), pattern.place()) : scanner, behavior, invert);
    }

    private static SplitBehavior behavior(JsonObject spec, @Nullable SplitBehavior absent) {
        String name = spec.string("behavior");
        if (name == null && absent != null) {
            return absent;
        }
        return switch (name) {
            case "Removed" -> SplitBehavior.REMOVED;
            case "Isolated" -> SplitBehavior.ISOLATED;
            case "MergedWithPrevious" -> SplitBehavior.MERGED_WITH_PREVIOUS;
            case "MergedWithNext" -> SplitBehavior.MERGED_WITH_NEXT;
            case "Contiguous" -> SplitBehavior.CONTIGUOUS;
            case null, default ->
                throw spec.wrong(
                        "behavior",
                        "Removed, Isolated, MergedWithPrevious, MergedWithNext or Contiguous",
                        spec.values().get("behavior"));
        };
    }

    private static PreTokenizer metaspace(JsonObject spec) {
        String replacement = MetaspaceDecoder.replacement(spec);
        String scheme = spec.string("prepend_scheme");
        MetaspacePreTokenizer.Prepend prepend = switch (scheme) {
            case "always" -> MetaspacePreTokenizer.Prepend.ALWAYS;
            case "first" -> MetaspacePreTokenizer.Prepend.FIRST;
            case "never" -> MetaspacePreTokenizer.Prepend.NEVER;
            case null ->
                spec.flag("add_prefix_space", true)
                        ? MetaspacePreTokenizer.Prepend.ALWAYS
                        : MetaspacePreTokenizer.Prepend.NEVER;
            default -> throw spec.wrong("prepend_scheme", "always, first or never", scheme);
        };
        return new MetaspacePreTokenizer(replacement, prepend, spec.flag("split", true));
    }

    /** Matches {@code \w+|[^\w\s]+} and drops the white space between. */
    private static void wordsAndSymbols(char[] text, int from, int to, boolean first, PieceSink out) {
        for (int i = from; i < to; ) {
            int end = WordPattern.skip(text, i, to, CharacterClasses.WORD);
            if (end == i) {
                end = WordPattern.skipOthers(text, i, to, CharacterClasses.WORD | CharacterClasses.SPACE);
            }
            if (end == i) {
                i++;
                continue;
            }
            out.piece(text, i, end, first && i == from);
            i = end;
        }
    }
}
