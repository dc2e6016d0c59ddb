package dev.nemotron.examples;

import dev.nemotron.ChatMessage;
import dev.nemotron.GenerationRequest;
import dev.nemotron.Model;
import dev.nemotron.tiny.TinyModel;
import java.util.ArrayList;
import java.util.List;

/** Remembers what was said: a conversation is the list of its turns, and each question sends all of them. */
public final class Conversation {

    private final Model model;
    private final List<ChatMessage> turns = new ArrayList<>();

    /**
     * Begins a conversation.
     *
     * @param model who answers; stays the caller's to close
     */
    public Conversation(Model model) {
        this.model = model;
    }

    /**
     * Says something and waits for the answer.
     *
     * @param question what is said
     * @return the answer
     */
    public String ask(String question) {
        turns.add(ChatMessage.user(question));
        GenerationRequest request = GenerationRequest.chat(turns)
                .templateVariable("enable_thinking", false)
                .build();
        String answer = model.generate(request).text();
        turns.add(ChatMessage.assistant(answer));
        return answer;
    }

    /**
     * What was said so far.
     *
     * @return the turns, oldest first
     */
    public List<ChatMessage> turns() {
        return List.copyOf(turns);
    }

    /**
     * Holds a short conversation.
     *
     * @param args none
     */
    public static void main(String... args) {
        try (Model model = Model.load(TinyModel.path())) {
            Conversation conversation = new Conversation(model);
            System.out.println(conversation.ask("Hello! My name is Nora."));
            System.out.println(conversation.ask("What is my name?"));
        }
    }
}
