package dev.nemotron.tokenizer;

import static dev.nemotron.tokenizer.CharacterClasses.LETTER;
import static dev.nemotron.tokenizer.CharacterClasses.NUMBER;
import static dev.nemotron.tokenizer.CharacterClasses.SPACE;

/**
 * GPT-2's pattern, which a byte-level pre-tokenizer applies unless told otherwise: contractions, then runs of letters,
 * digits or symbols, each with at most one space in front.
 */
final class Gpt2Pattern extends WordPattern {

    @Override
    int end(char[] text, int from, int to) {
        int contraction = contraction(text, from, to, false);
        if (contraction > from) {
            return contraction;
        }
        int start = text[from] == ' ' ? from + 1 : from;
        int letters = skip(text, start, to, LETTER);
        if (letters > start) {
            return letters;
        }
        int digits = skip(text, start, to, NUMBER);
        if (digits > start) {
            return digits;
        }
        int symbols = symbols(text, from, to, SPACE | LETTER | NUMBER);
        return symbols > from ? symbols : whiteSpace(text, from, to, false);
    }
}
