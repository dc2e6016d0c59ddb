package dev.nemotron.cli;

import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The three standard streams, in UTF-8 whatever the locale, and what is known about their other ends.
 *
 * @param in what the user types or pipes in
 * @param out results
 * @param err everything else
 * @param typed whether {@code in} is a terminal
 * @param watched whether {@code out} is a terminal
 * @param noticed whether {@code err} is a terminal
 * @param colour whether escape sequences for dim text are welcome on {@code out}
 */
record Terminal(
        InputStream in,
        PrintStream out,
        PrintStream err,
        boolean typed,
        boolean watched,
        boolean noticed,
        boolean colour) {

    /** The digits of the descriptors that are terminals, set by the launcher, which can tell them apart. */
    static final String PROPERTY = "nemotron.terminals";

    private static final String DIM = "\u001b[2m";
    private static final String PLAIN = "\u001b[0m";

    /** The streams of this process. */
    static Terminal ofProcess() {
        String terminals = System.getProperty(PROPERTY, guess());
        boolean watched = terminals.contains("1");
        return new Terminal(
                System.in,
                stream(FileDescriptor.out),
                stream(FileDescriptor.err),
                terminals.contains("0"),
                watched,
                terminals.contains("2"),
                watched && wantsColour(System.getenv("NO_COLOR"), System.getenv("TERM")));
    }

    private static boolean wantsColour(@Nullable String noColor, @Nullable String term) {
        return (noColor == null || noColor.isEmpty()) && !"dumb".equals(term);
    }

    @SuppressWarnings("SystemConsoleNull") // JDK 25 gives null again where there is no terminal
    private static String guess() {
        Console console = System.console();
        return console != null && console.isTerminal() ? "012" : "";
    }

    private static PrintStream stream(FileDescriptor descriptor) {
        return new PrintStream(new FileOutputStream(descriptor), false, StandardCharsets.UTF_8);
    }

    /** Text that matters less, where the terminal can show it so. */
    String dim(String text) {
        return colour ? DIM + text + PLAIN : text;
    }

    /**
     * Prints a piece of a result at once.
     *
     * @param text the piece
     * @throws IOException if nobody reads any more
     */
    void print(String text) throws IOException {
        out.print(text);
        out.flush();
        if (out.checkError()) {
            throw new IOException("standard output was closed before the end");
        }
    }

    /** A line that matters less than others of its kind. */
    void remark(String line) {
        note(noticed ? dim(line) : line);
    }

    /** Whether the terminal can move no cursor. */
    static boolean dumb() {
        return "dumb".equals(System.getenv("TERM"));
    }

    /** A line of progress or explanation. */
    void note(String line) {
        err.println(line);
        err.flush();
    }

    /**
     * Removes the line with which the JVM announces the vector module at every start, so that a conversation begins with an
     * empty screen. Only a terminal can take a line back.
     */
    void wipeIncubatorNotice() {
        boolean announced =
                ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
        if (noticed && announced && !dumb()) {
            err.print("\u001b[1A\u001b[2K");
            err.flush();
        }
    }
}
