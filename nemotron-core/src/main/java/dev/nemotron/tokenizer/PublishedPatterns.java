package dev.nemotron.tokenizer;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Recognises the split patterns of published tokenizers, which have scanners of their own. */
final class PublishedPatterns {

    private static final String CONTRACTION = "(?i:'s|'t|'re|'ve|'m|'ll|'d)";
    private static final String LETTER_RUN = "|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|";
    private static final String LETTER_RUN_END = "| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";
    private static final String SMALL_WORD =
            "[^\\r\\n\\p{L}\\p{N}]?[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]*[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]+";
    private static final String CAPITAL_WORD =
            "[^\\r\\n\\p{L}\\p{N}]?[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]+[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]*";
    private static final String CASED_END = "| ?[^\\s\\p{L}\\p{N}]+[\\r\\n/]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";

    static final String TEKKEN = SMALL_WORD + "|" + CAPITAL_WORD + "|\\p{N}" + CASED_END;
    static final String O200K =
            SMALL_WORD + CONTRACTION + "?|" + CAPITAL_WORD + CONTRACTION + "?|\\p{N}{1,3}" + CASED_END;
    static final String LLAMA3 = CONTRACTION + LETTER_RUN + "\\p{N}{1,3}" + LETTER_RUN_END;
    static final String QWEN2 = CONTRACTION + LETTER_RUN + "\\p{N}" + LETTER_RUN_END;
    static final String QWEN35 = CONTRACTION + "|[^\\r\\n\\p{L}\\p{N}]?[\\p{L}\\p{M}]+|\\p{N}"
            + "| ?[^\\s\\p{L}\\p{M}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";
    static final String GPT2 = "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+";

    /** The scanners by the regular expression that they stand for. */
    static final Map<String, WordPattern> SCANNERS = Map.of(
            TEKKEN, new CasedWordPattern(1, false),
            O200K, new CasedWordPattern(3, true),
            LLAMA3, new LetterRunPattern(3, false),
            QWEN2, new LetterRunPattern(1, false),
            QWEN35, new LetterRunPattern(1, true),
            GPT2, new Gpt2Pattern());

    private PublishedPatterns() {}

    /** Returns the scanner of a published pattern, or null for any other. */
    static @Nullable WordPattern scanner(String regex) {
        return SCANNERS.get(regex);
    }
}
