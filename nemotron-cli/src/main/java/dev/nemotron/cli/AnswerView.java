package dev.nemotron.cli;

import dev.nemotron.ChatEvent;
import java.io.IOException;

/** Shows an answer while it streams: the reasoning dim, if it is wanted, then the answer, and each call on a line. */
final class AnswerView {

    /** What the last piece was of. */
    private enum Part {
        NOTHING,
        REASONING,
        CONTENT,
        CALL
    }

    private static final char DELETE = 0x7F;
    private static final char LAST_CONTROL = 0x9F;
    private static final char FIRST_PICTURE = 0x2400;
    private static final char REPLACEMENT = 0xFFFD;

    private final Terminal terminal;
    private final boolean reasoning;
    private Part last = Part.NOTHING;
    private boolean lineOpen;

    /**
     * Begins an empty answer.
     *
     * @param terminal where it is shown
     * @param reasoning whether reasoning is shown
     */
    AnswerView(Terminal terminal, boolean reasoning) {
        this.terminal = terminal;
        this.reasoning = reasoning;
    }

    /**
     * Shows a piece.
     *
     * @param event the piece
     * @throws IOException if nobody reads any more
     */
    void show(ChatEvent event) throws IOException {
        switch (event) {
            case ChatEvent.Reasoning(String text) -> {
                if (reasoning) {
                    print(Part.REASONING, text);
                }
            }
            case ChatEvent.Content(String text) -> print(Part.CONTENT, text);
            case ChatEvent.CallStarted(int index, String id, String name) -> {
                end();
                print(Part.CALL, name + "(");
            }
            case ChatEvent.CallArguments(int index, String json) -> print(Part.CALL, json);
            case ChatEvent.CallEnded ended -> {
                print(Part.CALL, ")");
                end();
            }
        }
    }

    private void print(Part part, String text) throws IOException {
        if (part != last) {
            end();
        }
        last = part;
        lineOpen = !text.endsWith("\n");
        String shown = terminal.watched() ? visible(text) : text;
        terminal.print(part == Part.REASONING ? terminal.dim(shown) : shown);
    }

    /** Shows control characters as the pictures that Unicode has for them: what a model says must not steer a terminal. */
    private static String visible(String text) {
        StringBuilder shown = new StringBuilder(text);
        for (int i = 0; i < shown.length(); i++) {
            char c = shown.charAt(i);
            if (c < ' ' && c != '\n' && c != '\t') {
                shown.setCharAt(i, (char) (FIRST_PICTURE + c));
            } else if (c >= DELETE && c <= LAST_CONTROL) {
                shown.setCharAt(i, REPLACEMENT);
            }
        }
        return shown.toString();
    }

    /**
     * Ends the line, if there is one.
     *
     * @throws IOException if nobody reads any more
     */
    void end() throws IOException {
        if (lineOpen) {
            lineOpen = false;
            terminal.print("\n");
        }
    }
}
