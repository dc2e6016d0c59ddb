package dev.nemotron.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nemotron.ChatMl;
import dev.nemotron.InvalidRequestException;
import java.io.IOException;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MessageFormTest {

    @Test
    void theNemotron3FormatTakesObjectsAndText() throws IOException {
        TemplateCapabilities found = capabilities("nemotron3.jinja");
        assertThat(found.textContent()).isTrue();
        assertThat(found.partsContent()).isFalse();
        assertThat(found.systemRole()).isTrue();
        assertThat(found.developerRole()).isFalse();
        assertThat(found.tools()).isTrue();
        assertThat(found.toolCalls()).isTrue();
        assertThat(found.textArguments()).isFalse();
        assertThat(found.reasoningSwitch()).isTrue();
        assertThat(found.reasoningContent()).isTrue();
    }

    @Test
    void otherFormatsAreToldApart() throws IOException {
        TemplateCapabilities nano = capabilities("nano-v2.jinja");
        assertThat(nano.textArguments()).isTrue();
        assertThat(nano.reasoningSwitch()).isFalse();
        assertThat(nano.reasoningContent()).isFalse();
        TemplateCapabilities chatMl =
                TemplateCapabilities.probe(ChatTemplate.compile(ChatMl.TEMPLATE, "ChatML"), Map.of());
        assertThat(chatMl.partsContent()).isTrue();
        assertThat(chatMl.textContent()).isTrue();
        TemplateCapabilities parts = TemplateCapabilities.probe(
                ChatTemplate.compile(
                        "{% for m in messages %}{% for p in m.content %}{{ p.text }}{% endfor %}{% endfor %}", "p"),
                Map.of());
        assertThat(parts.partsContent()).isTrue();
        assertThat(parts.textContent()).isFalse();
    }

    @Test
    void contentBecomesWhatTheTemplateTakes() throws IOException {
        assertThat(fit("nemotron3.jinja", message("user", List.of(text("a"), text("b")))))
                .containsEntry("content", "a\nb");
        assertThat(fit("nemotron3.jinja", message("assistant", null))).containsEntry("content", "");
        assertThat(fit("nemotron3.jinja", Map.of("role", "assistant"))).containsEntry("content", "");
        assertThatThrownBy(() -> fit("nemotron3.jinja", message("user", List.of(Map.of("type", "image")))))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage(
                        "messages[0].content[0]: is the string \"image\", but the chat template of this model takes text only");
    }

    @Test
    void argumentsBecomeObjectsOnlyWhereTheTemplateNeedsThem() throws IOException {
        Map<String, Object> assistant = Map.of(
                "role",
                "assistant",
                "tool_calls",
                List.of(Map.of("id", "1", "function", Map.of("name", "f", "arguments", "{\"a\": 1}"))));
        assertThat(arguments(fit("nemotron3.jinja", assistant))).isEqualTo(Map.of("a", 1L));
        assertThat(arguments(fit("nano-v2.jinja", assistant))).isEqualTo("{\"a\": 1}");
        Map<String, Object> broken = Map.of(
                "role",
                "assistant",
                "tool_calls",
                List.of(Map.of("function", Map.of("name", "f", "arguments", "{\"a\":"))));
        assertThatThrownBy(() -> fit("nemotron3.jinja", broken))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("messages[0].tool_calls[0].function.arguments");
    }

    @Test
    void developersSpeakAsSystemAndReasoningGoesByEveryName() throws IOException {
        assertThat(fit("nemotron3.jinja", message("developer", "x"))).containsEntry("role", "system");
        Map<String, Object> thinking = Map.of("role", "assistant", "content", "x", "thinking", "t");
        assertThat(fit("nemotron3.jinja", thinking))
                .containsEntry("reasoning_content", "t")
                .containsEntry("reasoning", "t")
                .containsEntry("thinking", "t");
    }

    @Test
    void unknownKeysPassAndNullsAreLeftOut() throws IOException {
        Map<String, @Nullable Object> message = message("user", "x");
        message.put("name", "Ann");
        message.put("tool_calls", null);
        assertThat(fit("nemotron3.jinja", message)).containsEntry("name", "Ann").doesNotContainKey("tool_calls");
        assertThatThrownBy(() -> fit("nemotron3.jinja", Map.of("content", "x")))
                .hasMessageContaining("messages[0].role");
    }

    private static @Nullable Object arguments(Map<String, @Nullable Object> message) {
        List<?> calls = (List<?>) Objects.requireNonNull(message.get("tool_calls"));
        Map<?, ?> function = (Map<?, ?>) Objects.requireNonNull(((Map<?, ?>) calls.getFirst()).get("function"));
        return function.get("arguments");
    }

    private static Map<String, @Nullable Object> message(String role, @Nullable Object content) {
        Map<String, @Nullable Object> message = new LinkedHashMap<>();
        message.put("role", role);
        message.put("content", content);
        return message;
    }

    private static Map<String, Object> text(String text) {
        return Map.of("type", "text", "text", text);
    }

    private static Map<String, @Nullable Object> fit(String template, Map<String, ? extends @Nullable Object> message)
            throws IOException {
        return new MessageForm(capabilities(template)).fit(List.of(message)).getFirst();
    }

    private static TemplateCapabilities capabilities(String template) throws IOException {
        return TemplateCapabilities.probe(
                ChatTemplate.compile(Files.readString(Goldens.FOLDER.resolve(template)), template), Map.of());
    }
}
