package dev.nemotron.cli;

import dev.nemotron.ChatMessage;
import dev.nemotron.ChatResult;
import dev.nemotron.FinishReason;
import dev.nemotron.NemotronException;
import dev.nemotron.ToolCall;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Goes from message to message: commands are followed, everything else is answered. For one thread. */
final class Dialogue {

    private final Answering answering;
    private final Commands commands;
    private final Lines lines;
    private final Terminal terminal;
    private final Interrupts interrupts;
    private final boolean verbose;

    /**
     * Begins a dialogue.
     *
     * @param answering answers messages
     * @param commands follows commands
     * @param lines where both come from
     * @param terminal where notes go
     * @param interrupts what Ctrl-C in place of a message does
     * @param verbose whether failures come with their trace
     */
    Dialogue(
            Answering answering,
            Commands commands,
            Lines lines,
            Terminal terminal,
            Interrupts interrupts,
            boolean verbose) {
        this.answering = answering;
        this.commands = commands;
        this.lines = lines;
        this.terminal = terminal;
        this.interrupts = interrupts;
        this.verbose = verbose;
    }

    /**
     * Goes on until the user leaves.
     *
     * @throws IOException if nobody reads the answers
     */
    void run() throws IOException {
        for (String line = message(); line != null; line = message()) {
            if (!line.isBlank() && !take(line.strip())) {
                return;
            }
        }
    }

    private @Nullable String message() throws IOException {
        while (true) {
            try {
                return lines.next("> ");
            } catch (Lines.LineInterruptedException e) {
                interrupts.interrupt();
            }
        }
    }

    /** Takes one line, false to leave. A person can go on after a failure, a script must not. */
    private boolean take(String line) throws IOException {
        try {
            if (Commands.isCommand(line)) {
                return commands.follow(line);
            }
            answer(line.startsWith("//") ? line.substring(1) : line);
        } catch (NemotronException | IllegalArgumentException e) {
            if (!terminal.typed()) {
                throw e;
            }
            terminal.note("nemotron chat: " + Failures.sentence(e));
            if (verbose) {
                e.printStackTrace(terminal.err());
            }
        }
        return true;
    }

    private void answer(String message) throws IOException {
        ChatMessage[] added = {ChatMessage.user(message)};
        while (added.length > 0) {
            ChatResult answer = answering.answer(added);
            added = answer.finishReason() == FinishReason.TOOL_CALLS ? results(answer.toolCalls()) : new ChatMessage[0];
        }
    }

    /** Asks for the result of each call; nothing comes back where the user does not give one. */
    private ChatMessage[] results(List<ToolCall> calls) throws IOException {
        List<ChatMessage> results = new ArrayList<>();
        for (ToolCall call : calls) {
            String result;
            try {
                result = lines.next("result of " + call.name() + "> ");
            } catch (Lines.LineInterruptedException e) {
                result = null;
            }
            if (result == null) {
                terminal.note("the call stays without a result");
                return new ChatMessage[0];
            }
            results.add(ChatMessage.tool(call, result));
        }
        return results.toArray(ChatMessage[]::new);
    }
}
