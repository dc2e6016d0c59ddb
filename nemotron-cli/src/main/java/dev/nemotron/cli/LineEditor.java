package dev.nemotron.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jline.reader.Candidate;
import org.jline.reader.CompletingParsedLine;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Attributes;
import org.jline.terminal.Terminal.Signal;
import org.jline.terminal.Terminal.SignalHandler;
import org.jline.terminal.impl.PosixSysTerminal;
import org.jline.terminal.impl.exec.ExecPty;
import org.jspecify.annotations.Nullable;

/**
 * Reads lines that somebody types: with history, completion of commands, and pasted blocks as one line. Between lines
 * Ctrl-C is an interrupt as elsewhere, and what is typed then shows at the next prompt instead of in the middle of an answer.
 */
final class LineEditor implements Lines {

    private final org.jline.terminal.Terminal device;
    private final LineReader reader;

    private LineEditor(org.jline.terminal.Terminal device, List<String> words) {
        this.device = device;
        LineReaderBuilder builder = LineReaderBuilder.builder()
                .terminal(device)
                .appName("nemotron")
                .parser((line, cursor, context) -> new Whole(line, cursor))
                .completer((ignored, line, candidates) -> {
                    if (line.line().startsWith("/")) {
                        words.forEach(word -> candidates.add(new Candidate(word)));
                    }
                })
                .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
                .variable(LineReader.SECONDARY_PROMPT_PATTERN, "%P  ")
                .variable(LineReader.HISTORY_FILE_SIZE, 1000);
        Path history = HistoryFile.ready();
        if (history != null) {
            builder.variable(LineReader.HISTORY_FILE, history);
        }
        this.reader = builder.build();
    }

    /**
     * Takes the terminal of the process.
     *
     * @param interrupts what Ctrl-C does between lines
     * @param words what can be completed
     * @return the editor
     * @throws IOException if there is no such terminal, or no {@code stty} to set it with
     */
    static LineEditor open(Interrupts interrupts, List<String> words) throws IOException {
        String type = Objects.requireNonNullElse(System.getenv("TERM"), "xterm");
        org.jline.terminal.Terminal device = new PosixSysTerminal(
                "nemotron", type, new Device(), StandardCharsets.UTF_8, false, SignalHandler.SIG_DFL);
        device.handle(Signal.INT, signal -> interrupts.interrupt());
        Attributes silent = device.getAttributes();
        silent.setLocalFlag(Attributes.LocalFlag.ECHO, false);
        device.setAttributes(silent);
        return new LineEditor(device, words);
    }

    @Override
    public @Nullable String next(String prompt) throws IOException {
        while (true) {
            try {
                return reader.readLine(prompt);
            } catch (EndOfFileException e) {
                return null;
            } catch (UserInterruptException e) {
                // A line that was begun is given up, as in a shell.
                if (e.getPartialLine().isBlank()) {
                    throw new LineInterruptedException();
                }
            }
        }
    }

    @Override
    public void close() {
        try {
            device.close();
        } catch (IOException e) {
            System.getLogger(LineEditor.class.getName())
                    .log(System.Logger.Level.INFO, "the terminal could not be set back", e);
        }
    }

    /** The terminal by its file name. It is set by running {@code stty}: JLine's other ways to it need native code. */
    private static final class Device extends ExecPty {
        Device() {
            super(null, null, "/dev/tty");
        }
    }

    /** A line that is taken as it is: quotes and backslashes mean nothing. */
    private record Whole(String line, int cursor) implements CompletingParsedLine {
        @Override
        public String word() {
            return line;
        }

        @Override
        public int wordCursor() {
            return cursor;
        }

        @Override
        public int wordIndex() {
            return 0;
        }

        @Override
        public List<String> words() {
            return List.of(line);
        }

        @Override
        public CharSequence escape(CharSequence candidate, boolean complete) {
            return candidate;
        }

        @Override
        public int rawWordCursor() {
            return cursor;
        }

        @Override
        public int rawWordLength() {
            return line.length();
        }
    }
}
