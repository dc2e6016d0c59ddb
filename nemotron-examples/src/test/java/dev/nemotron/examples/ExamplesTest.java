package dev.nemotron.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nemotron.ChatMessage;
import dev.nemotron.FinishReason;
import dev.nemotron.GenerationRequest;
import dev.nemotron.GenerationResult;
import dev.nemotron.Model;
import dev.nemotron.Role;
import dev.nemotron.tiny.TinyModel;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExamplesTest {

    @Test
    void embedPrintsTheSum() {
        assertThat(printed(Embed::main)).contains("75");
    }

    @Test
    void streamingPrintsTheSumAndCountsTokens() {
        assertThat(printed(Streaming::main)).contains("632").containsPattern("\\([0-9]+ tokens\\)");
    }

    @Test
    void streamingEndsAnAnswerThatTakesTooLongAndKeepsItsText() {
        GenerationRequest endless = GenerationRequest.chat(List.of(ChatMessage.user("Hello!")))
                .ignoreEndTokens(true)
                .maxTokens(4000)
                .build();
        StringBuilder seen = new StringBuilder();
        try (Model model = Model.load(TinyModel.path())) {
            GenerationResult result = Streaming.stream(model, endless, Duration.ofMillis(100), seen::append);

            assertThat(result.finishReason()).isEqualTo(FinishReason.CANCELLED);
            assertThat(result.text()).isEqualTo(seen.toString());
            assertThat(result.usage().generatedTokens()).isLessThan(4000);
        }
    }

    @Test
    void conversationRemembersTheName() {
        try (Model model = Model.load(TinyModel.path())) {
            Conversation conversation = new Conversation(model);
            conversation.ask("Hello! My name is Nora.");

            assertThat(conversation.ask("What is my name?")).contains("Nora");
            assertThat(conversation.turns())
                    .extracting(ChatMessage::role)
                    .containsExactly(Role.USER, Role.ASSISTANT, Role.USER, Role.ASSISTANT);
        }
    }

    @Test
    void planMemoryNamesTheFormatAndTheVerdict() {
        assertThat(printed(PlanMemory::main)).contains("weights in BF16").contains("it fits");
    }

    private interface Program {
        void main(String... args);
    }

    private static String printed(Program program) {
        PrintStream before = System.out;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        try {
            program.main();
        } finally {
            System.setOut(before);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
