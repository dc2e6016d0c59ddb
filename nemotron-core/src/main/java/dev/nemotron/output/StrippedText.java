package dev.nemotron.output;

/** A text that loses the white space at its end, and at its beginning where that is wanted, while it grows. */
final class StrippedText {

    private final StringBuilder text = new StringBuilder();
    private final StringBuilder heldBack = new StringBuilder();
    private boolean stripsLeading;

    StrippedText(boolean stripsLeading) {
        this.stripsLeading = stripsLeading;
    }

    boolean isEmpty() {
        return text.isEmpty();
    }

    /** White space that comes before any other text is dropped from here on, what is held back of it included. */
    void stripLeading() {
        stripsLeading = true;
    }

    /** Adds a piece and returns what can be passed on now. */
    String add(String piece) {
        int end = piece.length();
        while (end > 0 && Character.isWhitespace(piece.charAt(end - 1))) {
            end--;
        }
        if (end == 0) {
            heldBack.append(piece);
            return "";
        }
        String words = piece.substring(0, end);
        String passed = text.isEmpty() && stripsLeading ? words.stripLeading() : heldBack + words;
        heldBack.setLength(0);
        heldBack.append(piece, end, piece.length());
        text.append(passed);
        return passed;
    }

    /** Returns what is held back, which becomes a part of the text. */
    String release() {
        String passed = text.isEmpty() && stripsLeading ? "" : heldBack.toString();
        heldBack.setLength(0);
        text.append(passed);
        return passed;
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
