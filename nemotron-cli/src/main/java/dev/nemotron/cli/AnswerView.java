package dev.nemotron.cli;

import java.io.IOException;

/**
 * Shows an answer while it streams: on a terminal the reasoning first, dim, then the answer; elsewhere the answer alone.
 */
final class AnswerView implements ReasoningSplitter.Sink {

    private final Terminal terminal;
    private final boolean silent;
    private final StringBuilder reasoning = new StringBuilder();
    private final StringBuilder answer = new StringBuilder();

    /**
     * Begins an empty answer.
     *
     * @param terminal where it is shown
     * @param silent whether it is only collected
     */
    AnswerView(Terminal terminal, boolean silent) {
        this.terminal = terminal;
        this.silent = silent;
    }

    @Override
    public void reasoning(String text) {
        reasoning.append(text);
        if (!silent && terminal.watched()) {
            print(terminal.dim(text));
        }
    }

    @Override
    public void answer(String text) {
        if (answer.isEmpty() && !reasoning.isEmpty() && !silent && terminal.watched()) {
            print(reasoning.charAt(reasoning.length() - 1) == '\n' ? "" : "\n");
        }
        answer.append(text);
        if (!silent) {
            print(text);
        }
    }

    private void print(String text) {
        terminal.out().print(text);
        terminal.out().flush();
    }

    /**
     * Makes sure that somebody reads.
     *
     * @throws IOException if nobody does
     */
    void check() throws IOException {
        terminal.print("");
    }

    /** Ends the line. */
    void end() {
        boolean shown = !answer.isEmpty() || (terminal.watched() && !reasoning.isEmpty());
        if (!silent && shown) {
            print("\n");
        }
    }

    String reasoning() {
        return reasoning.toString().strip();
    }

    String answer() {
        return answer.toString().stripTrailing();
    }
}
