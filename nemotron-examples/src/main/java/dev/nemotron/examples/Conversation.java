package dev.nemotron.examples;

import dev.nemotron.ChatMessage;
import dev.nemotron.ChatRequest;
import dev.nemotron.ChatSession;
import dev.nemotron.Model;
import dev.nemotron.Reasoning;
import dev.nemotron.tiny.TinyModel;

/** Remembers what was said: a session keeps the state of its turns, so that each question costs no more than itself. */
public final class Conversation {

    private Conversation() {}

    /**
     * Holds a short conversation.
     *
     * @param args none
     */
    public static void main(String... args) {
        ChatRequest settings = ChatRequest.of(ChatMessage.system("You are a helpful assistant."))
                .reasoning(Reasoning.off())
                .build();
        try (Model model = Model.load(TinyModel.path());
                ChatSession session = model.session(settings)) {
            System.out.println(session.say("Hello! My name is Nora.").text());
            System.out.println(session.say("What is my name?").text());
        }
    }
}
