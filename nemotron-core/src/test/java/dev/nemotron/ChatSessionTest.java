package dev.nemotron;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A session on a small random model, against the same conversation computed from its first token. */
@Timeout(120)
class ChatSessionTest {

    private static final String TOOLS_TEMPLATE =
            "{% for t in tools or [] %}{{ t.function.name }} {% endfor %}{% for m in messages %}"
                    + "{{ m.role }} {{ m.content }}<|im_end|>{% endfor %}"
                    + "{% if add_generation_prompt %}assistant <think></think>{% endif %}";
    private static Model model;

    @BeforeAll
    static void load() {
        model = Model.load(
                TestData.folder("checkpoints/latent-mtp"),
                ModelOptions.builder().threads(2).prefillTokens(16).build());
    }

    @AfterAll
    static void close() {
        model.close();
    }

    private static ChatRequest settings(int maxTokens) {
        return ChatRequest.of(ChatMessage.system("Be brief."))
                .sampling(Sampling.GREEDY)
                .reasoning(Reasoning.off())
                .maxTokens(maxTokens)
                .build();
    }

    @Test
    void everyTurnIsWhatAComputationFromTheFirstTokenGives() {
        List<Integer> tokens = new ArrayList<>(model.tokenize(
                "<s><|im_start|>system\nBe brief.<|im_end|>\n<|im_start|>user\nHello<|im_end|>\n"
                        + "<|im_start|>assistant\n<think></think>",
                false));
        try (ChatSession session = model.session(settings(9))) {
            List<Integer> first = session.say("Hello").generation().ids();
            assertThat(first).isEqualTo(alone(tokens));
            tokens.addAll(first);
            // The answer was cut by its limit, so the end of the turn is written for it.
            tokens.addAll(model.tokenize(
                    "<|im_end|>\n<|im_start|>user\nAnd now?<|im_end|>\n<|im_start|>assistant\n<think></think>", false));
            ChatResult second = session.say("And now?");
            assertThat(second.generation().ids()).isEqualTo(alone(tokens));
            assertThat(second.usage().promptTokens()).isEqualTo(tokens.size());
            assertThat(second.usage().cachedTokens()).isPositive().isLessThan(tokens.size());
        }
    }

    private static List<Integer> alone(List<Integer> prompt) {
        return model.generate(GenerationRequest.tokens(prompt)
                        .sampling(Sampling.GREEDY)
                        .maxTokens(9)
                        .build())
                .ids();
    }

    @Test
    void otherToolsBeginThePromptAnew() {
        try (ChatSession session = model.session(settings(4).toBuilder()
                .reasoning(Reasoning.DEFAULT)
                .rendering(Rendering.DEFAULT.withTemplate(TOOLS_TEMPLATE))
                .build())) {
            session.say("Hello");
            assertThat(session.say("Go on").usage().cachedTokens()).isPositive();
            session.settings(session.settings().toBuilder()
                    .tools(List.of(Tool.of("f", "does it", java.util.Map.of())))
                    .build());
            assertThat(session.say("And now?").usage().cachedTokens()).isZero();
        }
    }

    @Test
    void theTurnsAreRemembered() {
        try (ChatSession session = model.session(settings(4))) {
            ChatResult answer = session.say("Hello");
            assertThat(session.messages())
                    .containsExactly(ChatMessage.system("Be brief."), ChatMessage.user("Hello"), answer.message());
            session.clear();
            assertThat(session.messages()).containsExactly(ChatMessage.system("Be brief."));
            assertThat(session.say("Hello").generation().ids())
                    .isEqualTo(answer.generation().ids());
        }
    }

    @Test
    void anAnswerThatIsStoppedIsRememberedAsFarAsItCame() {
        try (ChatSession session =
                model.session(settings(4000).toBuilder().ignoreEndTokens(true).build())) {
            try (ChatStream answer = session.stream(ChatMessage.user("Hello"))) {
                answer.next();
            }
            assertThat(session.messages()).hasSize(3);
            session.settings(settings(4));
            assertThat(session.say("Go on").usage().cachedTokens()).isPositive();
        }
    }

    @Test
    void oneAnswerAtATime() {
        try (ChatSession session =
                model.session(settings(4000).toBuilder().ignoreEndTokens(true).build())) {
            try (ChatStream answer = session.stream(ChatMessage.user("Hello"))) {
                assertThat(answer.hasNext()).isTrue();
                assertThatThrownBy(() -> session.say("More"))
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("in progress");
            }
        }
    }

    @Test
    void aTurnThatIsRefusedIsForgotten() {
        try (ChatSession session = model.session(settings(4))) {
            session.say("Hello");
            assertThatThrownBy(() -> session.answer(ChatMessage.user("x".repeat(100_000))))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThat(session.messages()).hasSize(3);
            assertThat(session.say("Still there?").usage().cachedTokens()).isPositive();
        }
    }

    @Test
    void anAnswerWhoseReaderIsInterruptedLeavesNoTrace() {
        try (ChatSession session = model.session(settings(9))) {
            session.say("Hello");
            session.settings(settings(4000).toBuilder().ignoreEndTokens(true).build());
            try (ChatStream answer = session.stream(ChatMessage.user("Count to a million."))) {
                answer.next();
                Thread.currentThread().interrupt();
                assertThatThrownBy(answer::result).isInstanceOf(GenerationCancelledException.class);
                assertThat(Thread.interrupted()).isTrue();
            }
            assertThat(session.messages()).hasSize(3);
            session.settings(settings(9));
            ChatResult answer = session.say("And now?");
            assertThat(answer.generation().ids())
                    .isEqualTo(model.chat(
                                    settings(9).withMessages(session.messages().subList(0, 4)))
                            .generation()
                            .ids());
        }
    }
}
