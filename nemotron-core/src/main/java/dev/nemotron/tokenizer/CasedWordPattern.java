package dev.nemotron.tokenizer;

import static dev.nemotron.tokenizer.CharacterClasses.CAPITAL;
import static dev.nemotron.tokenizer.CharacterClasses.LETTER;
import static dev.nemotron.tokenizer.CharacterClasses.MARK;
import static dev.nemotron.tokenizer.CharacterClasses.NUMBER;
import static dev.nemotron.tokenizer.CharacterClasses.SMALL;
import static dev.nemotron.tokenizer.CharacterClasses.SPACE;
import static dev.nemotron.tokenizer.CharacterClasses.is;

/**
 * The patterns that cut words where a capital follows a small letter: Tekken's (Mistral, Nemotron) and o200k's
 * (GPT-OSS), which differ in digits and contractions. A word is an optional leading symbol, capitals, then small
 * letters: {@code P?C*S+|P?C+S*}.
 */
final class CasedWordPattern extends WordPattern {

    private final int digits;
    private final boolean contractions;

    /**
     * Creates a pattern.
     *
     * @param digits how many digits of a number stay together
     * @param contractions whether a word keeps an English contraction that follows it
     */
    CasedWordPattern(int digits, boolean contractions) {
        this.digits = digits;
        this.contractions = contractions;
    }

    @Override
    int end(char[] text, int from, int to) {
        int word = word(text, from, to);
        if (word > from) {
            return contractions ? contraction(text, word, to, true) : word;
        }
        int number = skip(text, from, to, NUMBER, digits);
        if (number > from) {
            return number;
        }
        int symbols = symbols(text, from, to, SPACE | LETTER | NUMBER);
        if (symbols > from) {
            int end = symbols;
            while (end < to && (text[end] == '\r' || text[end] == '\n' || text[end] == '/')) {
                end++;
            }
            return end;
        }
        return whiteSpace(text, from, to, true);
    }

    private static int word(char[] text, int from, int to) {
        int lead = codePoint(text, from, to);
        int start = mayLeadWord(lead) ? from + width(lead) : from;
        int capitals = start;
        int lastSmall = start;
        while (capitals < to) {
            int c = codePoint(text, capitals, to);
            if (!is(c, CAPITAL)) {
                break;
            }
            capitals += width(c);
            if (is(c, SMALL)) {
                lastSmall = capitals;
            }
        }
        int end = skip(text, capitals, to, SMALL);
        if (end > capitals) {
            return end;
        }
        // Nothing small follows: the run gives back what follows its last letter without case, or the lead was that
        // letter.
        if (lastSmall > start) {
            return lastSmall;
        }
        if (start > from && is(lead, MARK)) {
            return start;
        }
        return capitals > start ? capitals : from;
    }
}
