package dev.nemotron.examples;

import dev.nemotron.ChatMessage;
import dev.nemotron.Model;
import dev.nemotron.tiny.TinyModel;
import java.util.List;

/** The least that a program needs: load, ask, print. */
public final class Embed {

    private Embed() {}

    /**
     * Asks the tiny model for a sum.
     *
     * @param args none
     */
    public static void main(String... args) {
        try (Model model = Model.load(TinyModel.path())) {
            System.out.println(
                    model.chat(List.of(ChatMessage.user("What is 27 + 48?"))).text());
        }
    }
}
