package dev.nemotron.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Where the lines of a conversation come from. For one thread. */
interface Lines extends AutoCloseable {

    /**
     * Waits for the next one.
     *
     * @param prompt asks for it, where somebody types
     * @return the line, which may have line breaks within where it was pasted, or null when there are no more
     * @throws LineInterruptedException if Ctrl-C was typed in place of one
     * @throws IOException if reading fails
     */
    @Nullable
    String next(String prompt) throws IOException;

    @Override
    void close();

    /** Ctrl-C was typed in place of a line. */
    final class LineInterruptedException extends IOException {
        private static final long serialVersionUID = 1;

        LineInterruptedException() {
            super("interrupted");
        }
    }

    /** Reads from a pipe, or from a terminal that cannot do more. */
    static Lines plain(Terminal terminal) {
        BufferedReader lines = new BufferedReader(new InputStreamReader(terminal.in(), StandardCharsets.UTF_8));
        return new Lines() {
            @Override
            public @Nullable String next(String prompt) throws IOException {
                if (terminal.typed()) {
                    terminal.err().print(prompt);
                    terminal.err().flush();
                }
                String line = lines.readLine();
                if (line == null && terminal.typed()) {
                    terminal.note("");
                }
                return line;
            }

            @Override
            public void close() {
                // Standard input belongs to the process.
            }
        };
    }

    /** Reads from whatever standard input is, with a line editor where somebody types. */
    static Lines of(Terminal terminal, Interrupts interrupts) {
        if (terminal.typed() && !Terminal.dumb()) {
            try {
                return LineEditor.open(interrupts, Commands.WORDS);
            } catch (IOException | RuntimeException e) {
                System.getLogger(Lines.class.getName())
                        .log(System.Logger.Level.INFO, "no line editor here, lines are read as they come", e);
            }
        }
        return plain(terminal);
    }
}
