package dev.nemotron.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nemotron.ChatMessage;
import dev.nemotron.ChatRequest;
import dev.nemotron.Model;
import dev.nemotron.Sampling;
import dev.nemotron.tiny.TinyModel;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * How a unit test of your own code runs a real model: with nemotron-tiny in scope test, loaded once for all tests of a class.
 * Greedy answers are the same on each run.
 */
@SuppressWarnings("NullAway.Init")
class UnitTest {

    private static Model model;

    @BeforeAll
    static void load() {
        model = Model.load(TinyModel.path());
    }

    @AfterAll
    static void close() {
        model.close();
    }

    /** Stands for your own code. */
    private static String calculator(Model model, String question) {
        ChatRequest request = ChatRequest.of(ChatMessage.user(question))
                .sampling(Sampling.GREEDY)
                .maxTokens(200)
                .build();
        return model.chat(request).text();
    }

    @Test
    void answersASum() {
        assertThat(calculator(model, "What is 27 + 48?")).contains("75");
    }

    @Test
    void answersTheSameTwice() {
        assertThat(calculator(model, "What is 12 + 30?")).isEqualTo(calculator(model, "What is 12 + 30?"));
    }
}
