package dev.nemotron.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What one command did.
 *
 * @param code its exit code
 * @param out what it printed
 * @param err what it said besides
 */
record CommandRun(int code, String out, String err) {

    /** Runs a command with nothing on standard input. */
    static CommandRun of(String... arguments) {
        return withInput("", arguments);
    }

    /** Runs a command with text on standard input, and no terminal anywhere. */
    static CommandRun withInput(String input, String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Terminal terminal = new Terminal(
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                false,
                false,
                false,
                false);
        int code = Nemotron.commandLine(terminal).execute(arguments);
        return new CommandRun(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /** The folder of a small checkpoint. */
    static String checkpoint(String name) {
        Path folder = Path.of("..", "testdata", "checkpoints", name);
        if (!Files.isDirectory(folder)) {
            throw new IllegalStateException("no " + folder.toAbsolutePath());
        }
        return folder.toString();
    }
}
