package dev.nemotron.output;

import org.jspecify.annotations.Nullable;

/**
 * The arguments of one call, a JSON object that comes character by character. What is passed on can be closed at any time, so
 * that a call that breaks off is JSON all the same. For one thread.
 */
final class JsonArguments {

    private final JsonAutomaton json = new JsonAutomaton();
    private final StringBuilder held = new StringBuilder();
    private boolean begun;

    /** Whether the opening brace has come. */
    boolean begun() {
        return begun;
    }

    boolean complete() {
        return json.complete();
    }

    /** Whether the character may come next; white space around the object is dropped. */
    boolean accept(char c) {
        if (!begun || json.complete()) {
            if (JsonAutomaton.isBlank(c)) {
                return true;
            }
            if (begun || c != '{') {
                return false;
            }
        }
        boolean inString = json.inString();
        if (!json.accept(c)) {
            return false;
        }
        begun = true;
        if (inString && c < ' ') {
            held.append(JsonStrings.escape(String.valueOf(c)));
        } else {
            held.append(c);
        }
        return true;
    }

    /** Whether all that has come can be passed on. */
    boolean settled() {
        return json.closable() && (held.isEmpty() || !Character.isHighSurrogate(held.charAt(held.length() - 1)));
    }

    /** Takes what can be passed on. */
    String drain() {
        if (!settled()) {
            return "";
        }
        String passed = JsonStrings.wellFormed(held.toString());
        held.setLength(0);
        return passed;
    }

    /** What makes a JSON object of all that was passed on; what was not is dropped. */
    String closers() {
        return begun ? json.closers() : "{}";
    }

    /** JSON in strict form, or null if the text is none. */
    static @Nullable String normalized(String text) {
        JsonAutomaton json = new JsonAutomaton();
        StringBuilder strict = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean inString = json.inString();
            if (!json.accept(c)) {
                return null;
            }
            if (inString && c < ' ') {
                strict.append(JsonStrings.escape(String.valueOf(c)));
            } else {
                strict.append(c);
            }
        }
        return json.complete() ? JsonStrings.wellFormed(strict.toString()) : null;
    }
}
