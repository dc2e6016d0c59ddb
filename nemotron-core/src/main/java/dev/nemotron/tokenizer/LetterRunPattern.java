package dev.nemotron.tokenizer;

import static dev.nemotron.tokenizer.CharacterClasses.LETTER;
import static dev.nemotron.tokenizer.CharacterClasses.MARK;
import static dev.nemotron.tokenizer.CharacterClasses.NUMBER;
import static dev.nemotron.tokenizer.CharacterClasses.SPACE;
import static dev.nemotron.tokenizer.CharacterClasses.is;

/**
 * The patterns that take a run of letters as a word, whatever its case: those of Llama 3, Qwen 2 and Qwen 3.5, which
 * differ in digits and in whether combining marks belong to a word.
 */
final class LetterRunPattern extends WordPattern {

    private final int digits;
    private final int letters;

    /**
     * Creates a pattern.
     *
     * @param digits how many digits of a number stay together
     * @param marks whether combining marks count as letters
     */
    LetterRunPattern(int digits, boolean marks) {
        this.digits = digits;
        this.letters = marks ? LETTER | MARK : LETTER;
    }

    @Override
    int end(char[] text, int from, int to) {
        int contraction = contraction(text, from, to, true);
        if (contraction > from) {
            return contraction;
        }
        int word = word(text, from, to);
        if (word > from) {
            return word;
        }
        int number = skip(text, from, to, NUMBER, digits);
        if (number > from) {
            return number;
        }
        int symbols = symbols(text, from, to, SPACE | letters | NUMBER);
        if (symbols > from) {
            int end = symbols;
            while (end < to && (text[end] == '\r' || text[end] == '\n')) {
                end++;
            }
            return end;
        }
        return whiteSpace(text, from, to, true);
    }

    private int word(char[] text, int from, int to) {
        int lead = codePoint(text, from, to);
        int start = mayLeadWord(lead) ? from + width(lead) : from;
        int end = skip(text, start, to, letters);
        if (end > start) {
            return end;
        }
        return is(lead, letters) ? start : from;
    }
}
