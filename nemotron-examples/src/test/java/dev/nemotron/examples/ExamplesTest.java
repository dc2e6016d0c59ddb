package dev.nemotron.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nemotron.ChatMessage;
import dev.nemotron.ChatRequest;
import dev.nemotron.ChatResult;
import dev.nemotron.FinishReason;
import dev.nemotron.Model;
import dev.nemotron.tiny.TinyModel;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
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
        ChatRequest endless = ChatRequest.of(ChatMessage.user("Hello!"))
                .ignoreEndTokens(true)
                .maxTokens(4000)
                .build();
        StringBuilder seen = new StringBuilder();
        try (Model model = Model.load(TinyModel.path())) {
            ChatResult result = Streaming.stream(model, endless, Duration.ofMillis(100), seen::append);

            assertThat(result.finishReason()).isEqualTo(FinishReason.CANCELLED);
            assertThat(seen.toString().strip()).isEqualTo(result.text().strip());
            assertThat(result.usage().generatedTokens()).isLessThan(4000);
        }
    }

    @Test
    void conversationRemembersTheName() {
        assertThat(printed(Conversation::main)).contains("Your name is Nora");
    }

    @Test
    void useToolsAnswersWithWhatTheToolTold() {
        assertThat(printed(UseTools::main)).contains("get_weather{\"city\"").contains("17.");
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
