package dev.nemotron.cli;

/** Starts the command line. */
public final class Main {

    private Main() {}

    /**
     * Runs one command and ends the process with its exit code.
     *
     * @param arguments the sub-command and its arguments
     */
    public static void main(String[] arguments) {
        Terminal terminal = Terminal.ofProcess();
        terminal.wipeIncubatorNotice();
        LogLines.toStandardError(false);
        int code = Nemotron.commandLine(terminal).execute(arguments);
        terminal.out().flush();
        terminal.err().flush();
        System.exit(code);
    }
}
