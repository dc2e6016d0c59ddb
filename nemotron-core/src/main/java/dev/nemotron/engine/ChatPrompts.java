package dev.nemotron.engine;

import dev.nemotron.ChatMessage;
import dev.nemotron.Prompt;
import dev.nemotron.json.JsonObject;
import dev.nemotron.template.ChatTemplate;
import dev.nemotron.template.RenderOptions;
import dev.nemotron.template.TemplateFiles;
import dev.nemotron.template.TextSpan;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns conversations into prompts with the folder's own chat template. Immutable. */
final class ChatPrompts {

    private final ChatTemplate template;
    private final Map<String, String> specialTokens;

    private ChatPrompts(ChatTemplate template, Map<String, String> specialTokens) {
        this.template = template;
        this.specialTokens = specialTokens;
    }

    /** Finds the template of a folder; null where there is none. */
    static @Nullable ChatPrompts open(Path folder, @Nullable JsonObject tokenizerConfig) {
        ChatTemplate template = TemplateFiles.find(folder, tokenizerConfig);
        return template == null ? null : new ChatPrompts(template, specialTokens(tokenizerConfig));
    }

    /** The special tokens that templates may print, such as {@code bos_token}. */
    private static Map<String, String> specialTokens(@Nullable JsonObject tokenizerConfig) {
        Map<String, String> tokens = new HashMap<>();
        if (tokenizerConfig != null) {
            for (String name : RenderOptions.SPECIAL_TOKENS) {
                Object value = tokenizerConfig.values().get(name);
                Object content = value instanceof Map<?, ?> map ? map.get("content") : value;
                if (content instanceof String text) {
                    tokens.put(name, text);
                }
            }
        }
        return tokens;
    }

    /** Where the template comes from. */
    String name() {
        return template.name();
    }

    String source() {
        return template.source();
    }

    String render(Prompt.Chat prompt) {
        return template.render(variables(prompt));
    }

    List<TextSpan> spans(Prompt.Chat prompt) {
        return template.renderSpans(variables(prompt), RenderOptions.DEFAULT);
    }

    private Map<String, @Nullable Object> variables(Prompt.Chat prompt) {
        Map<String, @Nullable Object> variables = new HashMap<>(specialTokens);
        variables.put("tools", null);
        variables.put("documents", null);
        variables.put("add_generation_prompt", true);
        variables.putAll(prompt.templateVariables());
        variables.put(
                "messages", prompt.messages().stream().map(ChatPrompts::message).toList());
        return variables;
    }

    private static Map<String, Object> message(ChatMessage message) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("role", message.role().word());
        map.put("content", message.content());
        return map;
    }
}
