package dev.nemotron.cli;

import dev.nemotron.ChatMessage;
import dev.nemotron.FinishReason;
import dev.nemotron.Generation;
import dev.nemotron.GenerationRequest;
import dev.nemotron.GenerationResult;
import dev.nemotron.Model;
import dev.nemotron.Prompt;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A conversation with a model: its turns so far, and the next answer. For one thread. */
final class Conversation {

    private final Model model;
    private final Settings settings;
    private final Terminal terminal;
    private final Interrupts interrupts;
    private final List<ChatMessage> turns = new ArrayList<>();

    /**
     * What stays the same in a conversation.
     *
     * @param system instructions for the model, or null
     * @param variables what the chat template is given
     * @param generation how tokens are drawn
     * @param json whether answers are printed as JSON
     * @param pace whether a line about speed follows each answer
     */
    record Settings(
            @Nullable String system,
            Map<String, Object> variables,
            GenerationOptions generation,
            boolean json,
            boolean pace) {}

    /**
     * Begins a conversation.
     *
     * @param model answers
     * @param settings what stays the same
     * @param terminal where answers go
     * @param interrupts stops answers
     */
    Conversation(Model model, Settings settings, Terminal terminal, Interrupts interrupts) {
        this.model = model;
        this.settings = settings;
        this.terminal = terminal;
        this.interrupts = interrupts;
        clear();
    }

    /** Forgets all turns but the instructions. */
    void clear() {
        turns.clear();
        if (settings.system() != null) {
            turns.add(ChatMessage.system(settings.system()));
        }
    }

    /**
     * Answers a message and remembers both. Where answering fails, the message is forgotten.
     *
     * @param message what the user says
     * @return why the answer ended
     * @throws IOException if nobody reads the answer
     */
    FinishReason answer(String message) throws IOException {
        turns.add(ChatMessage.user(message));
        boolean answered = false;
        try {
            Prompt.Chat prompt = new Prompt.Chat(turns, settings.variables());
            AnswerView view = new AnswerView(terminal, settings.json());
            ReasoningSplitter splitter = new ReasoningSplitter(endsInReasoning(prompt), view);
            GenerationResult result = generate(prompt, splitter, view);
            turns.add(ChatMessage.assistant(view.answer()));
            answered = true;
            finish(result, view);
            return result.finishReason();
        } finally {
            if (!answered) {
                turns.removeLast();
            }
        }
    }

    private boolean endsInReasoning(Prompt.Chat prompt) {
        return model.render(prompt).stripTrailing().endsWith("<think>");
    }

    private GenerationResult generate(Prompt.Chat prompt, ReasoningSplitter splitter, AnswerView view)
            throws IOException {
        try (Generation generation = model.stream(request(prompt))) {
            interrupts.watch(generation);
            while (generation.hasNext()) {
                splitter.accept(generation.next().text());
                view.check();
            }
            splitter.end();
            return generation.result();
        } finally {
            interrupts.unwatch();
            view.end();
        }
    }

    private GenerationRequest request(Prompt.Chat prompt) {
        GenerationRequest.Builder request = GenerationRequest.chat(prompt.messages());
        prompt.templateVariables().forEach(request::templateVariable);
        return settings.generation().applyTo(request, model.defaultSampling()).build();
    }

    private void finish(GenerationResult result, AnswerView view) {
        if (settings.json()) {
            Map<String, Object> document = new LinkedHashMap<>(Answer.document(result));
            document.put("reasoning", view.reasoning());
            document.put("answer", view.answer());
            JsonOutput.print(terminal.out(), document);
        } else if (result.finishReason() == FinishReason.CANCELLED) {
            terminal.note("stopped");
        } else if (view.answer().isEmpty()) {
            terminal.note(
                    view.reasoning().isEmpty()
                            ? "the answer is empty"
                            : "no answer came after the reasoning; --max-tokens allows more of it, --no-think skips it");
        }
        if (settings.pace()) {
            terminal.note(Answer.pace(result));
        }
    }
}
