package dev.nemotron.cli;

import dev.nemotron.ChatMessage;
import dev.nemotron.ChatResult;
import dev.nemotron.ChatStream;
import dev.nemotron.FinishReason;
import dev.nemotron.ToolCall;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Answers the turns of a conversation on the terminal. For one thread. */
final class Answering {

    private final Conversation conversation;
    private final Terminal terminal;
    private final Interrupts interrupts;
    private final boolean json;
    private final boolean pace;
    private boolean reasoning;
    private Tally tally = new Tally();

    /**
     * Begins with no answer.
     *
     * @param conversation what is answered
     * @param terminal where answers go
     * @param interrupts stops answers
     * @param json whether answers are printed as JSON
     * @param pace whether a line about speed follows each answer
     */
    Answering(Conversation conversation, Terminal terminal, Interrupts interrupts, boolean json, boolean pace) {
        this.conversation = conversation;
        this.terminal = terminal;
        this.interrupts = interrupts;
        this.json = json;
        this.pace = pace;
        this.reasoning = terminal.watched();
    }

    /**
     * Sets whether reasoning is shown.
     *
     * @param shown whether it is
     */
    void showReasoning(boolean shown) {
        reasoning = shown;
    }

    /** What the answers took since the conversation began. */
    Tally tally() {
        return tally;
    }

    /** Begins a new tally, since the conversation begins anew. */
    void forget() {
        tally = new Tally();
    }

    /**
     * Adds turns and shows the answer.
     *
     * @param added the turns
     * @return the answer
     * @throws IOException if nobody reads it
     */
    ChatResult answer(ChatMessage... added) throws IOException {
        ChatResult result;
        try (ChatStream answer = conversation.say(added)) {
            interrupts.watch(answer::cancel);
            result = json ? answer.result() : streamed(answer);
        } finally {
            interrupts.unwatch();
        }
        tally.add(result.generation());
        if (json) {
            JsonOutput.print(terminal.out(), document(result));
        } else {
            explain(result);
        }
        if (pace) {
            terminal.remark(Answer.pace(result.generation(), result.finishReason()));
        }
        return result;
    }

    private ChatResult streamed(ChatStream answer) throws IOException {
        AnswerView view = new AnswerView(terminal, reasoning);
        try {
            while (answer.hasNext()) {
                view.show(answer.next());
            }
        } finally {
            view.end();
        }
        return answer.result();
    }

    private static Map<String, Object> document(ChatResult result) {
        Map<String, Object> document = new LinkedHashMap<>(Answer.document(result.generation()));
        document.put("finish", Answer.word(result.finishReason()));
        document.put("reasoning", Objects.requireNonNullElse(result.reasoning(), ""));
        document.put("answer", result.text());
        List<ToolCall> calls = result.toolCalls();
        if (!calls.isEmpty()) {
            document.put("tool_calls", calls.stream().map(Answering::call).toList());
        }
        return document;
    }

    private static Map<String, Object> call(ToolCall call) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("id", call.id());
        document.put("name", call.name());
        document.put("arguments", call.arguments());
        return document;
    }

    /** Says what cannot be seen from the answer itself. */
    private void explain(ChatResult result) {
        result.remarks().forEach(terminal::note);
        if (result.finishReason() == FinishReason.CANCELLED) {
            terminal.note("stopped");
        } else if (result.text().isEmpty() && result.toolCalls().isEmpty()) {
            terminal.note(
                    result.reasoning() == null
                            ? "the answer is empty"
                            : "no answer came after the reasoning; --max-tokens allows more, --no-think or /nothink skips it");
        } else if (result.finishReason() == FinishReason.LENGTH) {
            terminal.note("cut short; --max-tokens allows more");
        }
    }
}
