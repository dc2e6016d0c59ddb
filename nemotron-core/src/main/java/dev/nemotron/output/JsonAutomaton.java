package dev.nemotron.output;

import org.jspecify.annotations.Nullable;

/**
 * Follows JSON (RFC 8259) character by character. More than the standard allows it takes raw control characters in strings,
 * since models write them. Nesting beyond {@link #MOST_DEPTH} and numbers of more than {@link #MOST_DIGITS} characters are
 * refused. For one thread.
 */
final class JsonAutomaton {

    static final int MOST_DEPTH = 60;
    static final int MOST_DIGITS = 1000;

    private enum State {
        VALUE,
        FIRST_ITEM,
        FIRST_KEY,
        KEY,
        COLON,
        AFTER,
        TEXT,
        ESCAPE,
        HEX,
        MINUS,
        ZERO,
        DIGITS,
        POINT,
        FRACTION,
        EXPONENT,
        EXPONENT_SIGN,
        EXPONENT_DIGITS,
        WORD
    }

    private final boolean[] inObject = new boolean[MOST_DEPTH];
    private int depth;
    private State state = State.VALUE;
    private boolean key;
    private String word = "";

    /** Characters of the escape, word or number that have come. */
    private int count;

    private int hex;
    private int decoded = -1;

    /** Whether the character may come next. After one that may not, nothing has changed. */
    boolean accept(char c) {
        decoded = -1;
        return switch (state) {
            case TEXT -> text(c);
            case ESCAPE -> escape(c);
            case HEX -> hex(c);
            case WORD -> word(c);
            case MINUS, ZERO, DIGITS, POINT, FRACTION, EXPONENT, EXPONENT_SIGN, EXPONENT_DIGITS -> number(c);
            default -> isBlank(c) || structure(c);
        };
    }

    /** How many objects and lists are open. */
    int depth() {
        return depth;
    }

    /** Whether exactly one value has come. */
    boolean complete() {
        return depth == 0 && (state == State.AFTER || numberMayEnd());
    }

    /** Whether the text so far becomes JSON by {@link #closers}. */
    boolean closable() {
        return switch (state) {
            case TEXT -> !key;
            case AFTER, FIRST_ITEM, FIRST_KEY -> true;
            default -> false;
        };
    }

    /** What closes the text as it was when it was {@link #closable} last. */
    String closers() {
        StringBuilder closers = new StringBuilder(inString() && !key ? "\"" : "");
        for (int i = depth - 1; i >= 0; i--) {
            closers.append(inObject[i] ? '}' : ']');
        }
        return closers.toString();
    }

    boolean inString() {
        return state == State.TEXT || state == State.ESCAPE || state == State.HEX;
    }

    boolean inKey() {
        return key && inString();
    }

    boolean awaitsValue() {
        return state == State.VALUE || state == State.FIRST_ITEM;
    }

    /** Whether a value has ended and none has begun since. */
    boolean betweenMembers() {
        return state == State.AFTER || state == State.KEY;
    }

    /** The character of a string that the last character completed, or -1. */
    int decoded() {
        return decoded;
    }

    private boolean structure(char c) {
        return switch (state) {
            case VALUE -> value(c);
            case FIRST_ITEM -> c == ']' ? close(false) : value(c);
            case FIRST_KEY -> c == '}' ? close(true) : key(c);
            case KEY -> key(c);
            case COLON -> c == ':' && go(State.VALUE);
            default -> after(c);
        };
    }

    private boolean go(State next) {
        state = next;
        return true;
    }

    private boolean value(char c) {
        return switch (c) {
            case '{', '[' -> open(c == '{');
            case '"' -> {
                key = false;
                yield go(State.TEXT);
            }
            case 't' -> begin("true");
            case 'f' -> begin("false");
            case 'n' -> begin("null");
            case '-' -> digits(State.MINUS);
            case '0' -> digits(State.ZERO);
            default -> isDigit(c) && digits(State.DIGITS);
        };
    }

    private boolean open(boolean object) {
        if (depth == MOST_DEPTH) {
            return false;
        }
        inObject[depth++] = object;
        return go(object ? State.FIRST_KEY : State.FIRST_ITEM);
    }

    private boolean close(boolean object) {
        if (depth == 0 || inObject[depth - 1] != object) {
            return false;
        }
        depth--;
        return go(State.AFTER);
    }

    private boolean key(char c) {
        if (c != '"') {
            return false;
        }
        key = true;
        return go(State.TEXT);
    }

    private boolean after(char c) {
        return switch (c) {
            case ',' -> depth > 0 && go(inObject[depth - 1] ? State.KEY : State.VALUE);
            case '}', ']' -> close(c == '}');
            default -> false;
        };
    }

    private boolean text(char c) {
        switch (c) {
            case '"' -> state = key ? State.COLON : State.AFTER;
            case '\\' -> state = State.ESCAPE;
            default -> decoded = c;
        }
        return true;
    }

    private boolean escape(char c) {
        int named = "\"\\/bfnrt".indexOf(c);
        if (named >= 0) {
            decoded = "\"\\/\b\f\n\r\t".charAt(named);
            return go(State.TEXT);
        }
        count = 0;
        hex = 0;
        return c == 'u' && go(State.HEX);
    }

    private boolean hex(char c) {
        int digit = c < 0x80 ? Character.digit(c, 16) : -1;
        if (digit < 0) {
            return false;
        }
        hex = hex << 4 | digit;
        if (++count == 4) {
            decoded = hex;
            state = State.TEXT;
        }
        return true;
    }

    private boolean begin(String literal) {
        word = literal;
        count = 1;
        return go(State.WORD);
    }

    private boolean word(char c) {
        if (word.charAt(count) != c) {
            return false;
        }
        return ++count < word.length() || go(State.AFTER);
    }

    private boolean digits(State first) {
        count = 1;
        return go(first);
    }

    private boolean number(char c) {
        State next = nextOfNumber(c);
        if (next != null) {
            return ++count <= MOST_DIGITS && go(next);
        }
        return numberMayEnd() && (isBlank(c) ? go(State.AFTER) : after(c));
    }

    private boolean numberMayEnd() {
        return state == State.ZERO
                || state == State.DIGITS
                || state == State.FRACTION
                || state == State.EXPONENT_DIGITS;
    }

    private @Nullable State nextOfNumber(char c) {
        boolean exponent = c == 'e' || c == 'E';
        return switch (state) {
            case MINUS -> c == '0' ? State.ZERO : isDigit(c) ? State.DIGITS : null;
            case ZERO -> c == '.' ? State.POINT : exponent ? State.EXPONENT : null;
            case DIGITS -> isDigit(c) ? State.DIGITS : c == '.' ? State.POINT : exponent ? State.EXPONENT : null;
            case POINT -> isDigit(c) ? State.FRACTION : null;
            case FRACTION -> isDigit(c) ? State.FRACTION : exponent ? State.EXPONENT : null;
            case EXPONENT -> c == '+' || c == '-' ? State.EXPONENT_SIGN : isDigit(c) ? State.EXPONENT_DIGITS : null;
            default -> isDigit(c) ? State.EXPONENT_DIGITS : null;
        };
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    static boolean isBlank(char c) {
        return c == ' ' || c == '\n' || c == '\t' || c == '\r';
    }
}
