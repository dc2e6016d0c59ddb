package dev.nemotron.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nemotron.ChatEvent;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class AnswerViewTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private AnswerView view(boolean watched, boolean reasoning) {
        PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
        return new AnswerView(
                new Terminal(new ByteArrayInputStream(new byte[0]), stream, stream, false, watched, false, watched),
                reasoning);
    }

    private String show(AnswerView view, ChatEvent... events) throws IOException {
        for (ChatEvent event : events) {
            view.show(event);
        }
        view.end();
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void reasoningStandsDimBeforeTheAnswer() throws IOException {
        assertThat(show(
                        view(true, true),
                        new ChatEvent.Reasoning("Hm"),
                        new ChatEvent.Content("Ye"),
                        new ChatEvent.Content("s.")))
                .isEqualTo("\u001b[2mHm\u001b[0m\nYes.\n");
    }

    @Test
    void hiddenReasoningLeavesNoTrace() throws IOException {
        assertThat(show(view(true, false), new ChatEvent.Reasoning("Hm"), new ChatEvent.Content("Yes.\n")))
                .isEqualTo("Yes.\n");
    }

    @Test
    void eachCallHasALine() throws IOException {
        assertThat(show(
                        view(false, false),
                        new ChatEvent.Content("Let me see."),
                        new ChatEvent.CallStarted(0, "a", "look"),
                        new ChatEvent.CallArguments(0, "{\"at\": "),
                        new ChatEvent.CallArguments(0, "1}"),
                        new ChatEvent.CallEnded(0),
                        new ChatEvent.CallStarted(1, "b", "wait"),
                        new ChatEvent.CallArguments(1, "{}"),
                        new ChatEvent.CallEnded(1)))
                .isEqualTo("Let me see.\nlook({\"at\": 1})\nwait({})\n");
    }

    @Test
    void aModelCannotSteerTheTerminal() throws IOException {
        ChatEvent evil = new ChatEvent.Content("a\u001b]0;title\u0007\r\tb\u009b2J\n");
        assertThat(show(view(true, true), evil)).isEqualTo("a␛]0;title␇␍\tb\ufffd2J\n");
        out.reset();
        assertThat(show(view(false, true), evil)).isEqualTo("a\u001b]0;title\u0007\r\tb\u009b2J\n");
    }
}
