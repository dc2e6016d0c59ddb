package dev.nemotron.cli;

import dev.nemotron.GenerationCancelledException;
import dev.nemotron.InvalidRequestException;
import dev.nemotron.ModelFormatException;
import dev.nemotron.NemotronException;
import dev.nemotron.UnsupportedModelException;
import java.io.IOException;
import java.io.UncheckedIOException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns what went wrong into one line on standard error, and an exit code. */
final class Failures implements IExecutionExceptionHandler, IParameterExceptionHandler {

    private final Terminal terminal;

    Failures(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public int handleParseException(ParameterException failure, String[] arguments) {
        CommandLine command = failure.getCommandLine();
        StringBuilder line = new StringBuilder(failure.getMessage());
        if (failure instanceof UnmatchedArgumentException unmatched
                && !unmatched.getUnmatched().isEmpty()) {
            line.append(
                    unmatched.isUnknownOption()
                            ? "; text that begins with - goes after --"
                            : "; put text with spaces in quotes");
        }
        report(command, line.toString());
        terminal.note("'" + command.getCommandSpec().qualifiedName() + " --help' shows what it takes");
        return ExitCode.USAGE;
    }

    @Override
    public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
        if (failure instanceof ParameterException usage) {
            return handleParseException(usage, new String[0]);
        }
        report(command, sentence(failure));
        if (verbose(parsed)) {
            failure.printStackTrace(terminal.err());
            terminal.err().flush();
        }
        return code(failure);
    }

    /** One line that tells what is wrong, for messages of our own exceptions and for surprises. */
    static String sentence(Exception failure) {
        String message = failure.getMessage();
        if (message != null && expected(failure)) {
            return message;
        }
        return "unexpected " + failure + "; --verbose shows where, please report it";
    }

    private static boolean expected(Exception failure) {
        return failure instanceof NemotronException
                || failure instanceof IllegalArgumentException
                || failure instanceof UncheckedIOException
                || failure instanceof IOException;
    }

    static int code(Exception failure) {
        return switch (failure) {
            case ModelFormatException e -> ExitCode.UNUSABLE_FOLDER;
            case UnsupportedModelException e -> ExitCode.UNUSABLE_FOLDER;
            case GenerationCancelledException e -> ExitCode.INTERRUPTED;
            case InvalidRequestException e -> ExitCode.USAGE;
            case IllegalArgumentException e -> ExitCode.USAGE;
            default -> ExitCode.FAILURE;
        };
    }

    private void report(CommandLine command, String line) {
        terminal.note(
                command.getCommandSpec().qualifiedName() + ": " + line.strip().replaceAll("\\s*\\R\\s*", " "));
    }

    private static boolean verbose(ParseResult parsed) {
        ParseResult innermost = parsed;
        while (innermost.subcommand() != null) {
            innermost = innermost.subcommand();
        }
        return innermost.hasMatchedOption("--verbose");
    }
}
