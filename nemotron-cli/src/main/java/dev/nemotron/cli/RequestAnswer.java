package dev.nemotron.cli;

import dev.nemotron.ChatCompletion;
import dev.nemotron.ChatResult;
import dev.nemotron.ChatStream;
import dev.nemotron.Model;
import java.io.IOException;

/** Answers one request in the words of OpenAI's chat API, or in plain text. */
final class RequestAnswer {

    private final Model model;
    private final Terminal terminal;
    private final Interrupts interrupts;

    /**
     * Answers with a model.
     *
     * @param model answers
     * @param terminal where the answer goes
     * @param interrupts stops it
     */
    RequestAnswer(Model model, Terminal terminal, Interrupts interrupts) {
        this.model = model;
        this.terminal = terminal;
        this.interrupts = interrupts;
    }

    /**
     * Prints the answer.
     *
     * @param body the request
     * @param json whether the answer is printed as that API's objects
     * @return the answer
     * @throws IOException if nobody reads it
     */
    ChatResult print(RequestBody body, boolean json) throws IOException {
        try (ChatStream answer = model.stream(body.request())) {
            interrupts.watch(answer::cancel);
            if (!json) {
                return text(answer);
            }
            ChatCompletion completion = ChatCompletion.of(model.info().name());
            if (body.stream()) {
                return chunks(answer, completion, body.usage());
            }
            ChatResult result = answer.result();
            line(completion.response(result));
            return result;
        } finally {
            interrupts.unwatch();
        }
    }

    private ChatResult text(ChatStream answer) throws IOException {
        AnswerView view = new AnswerView(terminal, terminal.watched());
        try {
            while (answer.hasNext()) {
                view.show(answer.next());
            }
        } finally {
            view.end();
        }
        ChatResult result = answer.result();
        result.remarks().forEach(terminal::note);
        return result;
    }

    private ChatResult chunks(ChatStream answer, ChatCompletion completion, boolean usage) throws IOException {
        line(completion.begin());
        while (answer.hasNext()) {
            String chunk = completion.chunk(answer.next());
            if (!chunk.isEmpty()) {
                line(chunk);
            }
        }
        ChatResult result = answer.result();
        line(completion.end(result));
        if (usage) {
            line(completion.usage(result));
        }
        return result;
    }

    private void line(String json) throws IOException {
        terminal.print(json + "\n");
    }
}
