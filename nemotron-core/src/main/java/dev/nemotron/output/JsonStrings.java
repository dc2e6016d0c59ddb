package dev.nemotron.output;

import java.util.Locale;

/** JSON strings whose text is well-formed Unicode, whatever comes in. */
final class JsonStrings {

    private JsonStrings() {}

    static String quote(String text) {
        return '"' + escape(text) + '"';
    }

    /** The text as it stands between the quotes. */
    static String escape(String text) {
        StringBuilder escaped = new StringBuilder(text.length() + 8);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"', '\\' -> escaped.append('\\').append(c);
                case '\n' -> escaped.append("\\n");
                case '\t' -> escaped.append("\\t");
                case '\r' -> escaped.append("\\r");
                default -> {
                    if (c < ' ' || isLone(text, i)) {
                        escaped.append(code(c));
                    } else {
                        escaped.append(c);
                    }
                }
            }
        }
        return escaped.toString();
    }

    /** JSON with every surrogate that has no partner written as an escape; such stand in strings only. */
    static String wellFormed(String json) {
        StringBuilder formed = null;
        for (int i = 0; i < json.length(); i++) {
            boolean lone = isLone(json, i);
            if (lone && formed == null) {
                formed = new StringBuilder(json.length() + 8).append(json, 0, i);
            }
            if (formed != null) {
                formed.append(lone ? code(json.charAt(i)) : String.valueOf(json.charAt(i)));
            }
        }
        return formed == null ? json : formed.toString();
    }

    static String code(char c) {
        return String.format(Locale.ROOT, "\\u%04x", (int) c);
    }

    private static boolean isLone(String text, int i) {
        char c = text.charAt(i);
        if (Character.isHighSurrogate(c)) {
            return i + 1 == text.length() || !Character.isLowSurrogate(text.charAt(i + 1));
        }
        return Character.isLowSurrogate(c) && (i == 0 || !Character.isHighSurrogate(text.charAt(i - 1)));
    }
}
