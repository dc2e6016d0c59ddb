package dev.nemotron.cli;

/**
 * Tells the reasoning of an answer from the answer itself while it streams: what stands between {@code <think>} and
 * {@code </think>}. The opening mark counts before any answer text only, and is usually part of the prompt. A mark may come
 * in pieces. For one thread.
 */
final class ReasoningSplitter {

    private static final String OPEN = "<think>";
    private static final String CLOSE = "</think>";

    private enum Stage {
        BEFORE,
        REASONING,
        ANSWER
    }

    /** What becomes of the pieces. */
    interface Sink {
        /**
         * Takes a piece of reasoning.
         *
         * @param text the piece, not empty
         */
        void reasoning(String text);

        /**
         * Takes a piece of the answer.
         *
         * @param text the piece, not empty, without the white space that precedes the answer
         */
        void answer(String text);
    }

    private final Sink sink;
    private final StringBuilder held = new StringBuilder();
    private Stage stage;
    private boolean answerBegan;

    /**
     * Begins an answer.
     *
     * @param reasoning whether the prompt ends inside the reasoning
     * @param sink takes the pieces
     */
    ReasoningSplitter(boolean reasoning, Sink sink) {
        this.stage = reasoning ? Stage.REASONING : Stage.BEFORE;
        this.sink = sink;
    }

    /**
     * Takes the next piece of text.
     *
     * @param text any piece
     */
    void accept(String text) {
        held.append(text);
        if (stage == Stage.BEFORE) {
            open();
        }
        if (stage == Stage.REASONING) {
            close();
        }
        if (stage == Stage.ANSWER) {
            emit(held.length());
        }
    }

    /** Passes on what was held back because it might have been the beginning of a mark. */
    void end() {
        emit(held.length());
    }

    private void open() {
        String begin = held.toString().stripLeading();
        if (begin.startsWith(OPEN)) {
            stage = Stage.REASONING;
            held.delete(0, held.indexOf(OPEN) + OPEN.length());
        } else if (!OPEN.startsWith(begin)) {
            stage = Stage.ANSWER;
        }
    }

    private void close() {
        int mark = held.indexOf(CLOSE);
        if (mark < 0) {
            emit(held.length() - heldBack());
            return;
        }
        emit(mark);
        held.delete(0, CLOSE.length());
        stage = Stage.ANSWER;
    }

    /** The length of the longest end of the text that is a beginning of the closing mark. */
    private int heldBack() {
        for (int length = Math.min(CLOSE.length() - 1, held.length()); length > 0; length--) {
            if (CLOSE.startsWith(held.substring(held.length() - length))) {
                return length;
            }
        }
        return 0;
    }

    private void emit(int length) {
        String text = held.substring(0, length);
        held.delete(0, length);
        if (stage == Stage.REASONING) {
            if (!text.isEmpty()) {
                sink.reasoning(text);
            }
            return;
        }
        String rest = answerBegan ? text : text.stripLeading();
        if (!rest.isEmpty()) {
            answerBegan = true;
            sink.answer(rest);
        }
    }
}
