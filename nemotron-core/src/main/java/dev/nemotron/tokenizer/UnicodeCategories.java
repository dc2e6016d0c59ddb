package dev.nemotron.tokenizer;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;

/**
 * General categories of Unicode 16, from a table of our own: tokenizers were trained with one edition of Unicode, and a
 * later JDK would quietly cut newly assigned letters differently.
 */
final class UnicodeCategories {

    private static final String TABLE = "unicode-16-categories.txt";
    private static final byte[] BY_CODE_POINT = read();

    private UnicodeCategories() {}

    /**
     * Returns the category of a code point as one of the constants of {@link Character}, as its {@code getType} does.
     */
    static int of(int codePoint) {
        return BY_CODE_POINT[codePoint];
    }

    private static byte[] read() {
        byte[] categories = new byte[Character.MAX_CODE_POINT + 1];
        int next = 0;
        for (String line : text().lines().toList()) {
            if (line.startsWith("#")) {
                continue;
            }
            for (String run : line.split(" ", -1)) {
                int length = Integer.parseInt(run, 2, run.length(), 36);
                Arrays.fill(categories, next, next + length, constant(run.substring(0, 2)));
                next += length;
            }
        }
        if (next != categories.length) {
            throw new IllegalStateException(TABLE + " covers " + next + " code points");
        }
        return categories;
    }

    private static String text() {
        try (InputStream in = Objects.requireNonNull(UnicodeCategories.class.getResourceAsStream(TABLE), TABLE)) {
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte constant(String name) {
        return switch (name) {
            case "Cn" -> Character.UNASSIGNED;
            case "Lu" -> Character.UPPERCASE_LETTER;
            case "Ll" -> Character.LOWERCASE_LETTER;
            case "Lt" -> Character.TITLECASE_LETTER;
            case "Lm" -> Character.MODIFIER_LETTER;
            case "Lo" -> Character.OTHER_LETTER;
            case "Mn" -> Character.NON_SPACING_MARK;
            case "Me" -> Character.ENCLOSING_MARK;
            case "Mc" -> Character.COMBINING_SPACING_MARK;
            case "Nd" -> Character.DECIMAL_DIGIT_NUMBER;
            case "Nl" -> Character.LETTER_NUMBER;
            case "No" -> Character.OTHER_NUMBER;
            case "Zs" -> Character.SPACE_SEPARATOR;
            case "Zl" -> Character.LINE_SEPARATOR;
            case "Zp" -> Character.PARAGRAPH_SEPARATOR;
            case "Cc" -> Character.CONTROL;
            case "Cf" -> Character.FORMAT;
            case "Co" -> Character.PRIVATE_USE;
            case "Cs" -> Character.SURROGATE;
            case "Pd" -> Character.DASH_PUNCTUATION;
            case "Ps" -> Character.START_PUNCTUATION;
            case "Pe" -> Character.END_PUNCTUATION;
            case "Pc" -> Character.CONNECTOR_PUNCTUATION;
            case "Po" -> Character.OTHER_PUNCTUATION;
            case "Sm" -> Character.MATH_SYMBOL;
            case "Sc" -> Character.CURRENCY_SYMBOL;
            case "Sk" -> Character.MODIFIER_SYMBOL;
            case "So" -> Character.OTHER_SYMBOL;
            case "Pi" -> Character.INITIAL_QUOTE_PUNCTUATION;
            case "Pf" -> Character.FINAL_QUOTE_PUNCTUATION;
            default -> throw new IllegalStateException(TABLE + ": unknown category " + name);
        };
    }
}
