package dev.nemotron.engine;

import dev.nemotron.ChatMessage;
import dev.nemotron.Prompt;
import dev.nemotron.template.ChatTemplate;
import dev.nemotron.template.FolderTemplates;
import dev.nemotron.template.MessageForm;
import dev.nemotron.template.RenderOptions;
import dev.nemotron.template.TemplateCapabilities;
import dev.nemotron.tokenizer.TextSpan;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Turns conversations into prompts with the folder's own chat template. The template is compiled when it is first needed, so
 * that one which cannot be compiled keeps nobody from generating text. Thread-safe.
 */
final class ChatPrompts {

    private final FolderTemplates templates;
    private volatile @Nullable Compiled compiled;

    private record Compiled(ChatTemplate template, MessageForm form) {}

    ChatPrompts(FolderTemplates templates) {
        this.templates = templates;
    }

    /** The source of the template, or null where the folder has none. */
    @Nullable
    String source() {
        return templates.sources().get(FolderTemplates.DEFAULT);
    }

    String render(Prompt.Chat prompt) {
        Compiled current = compiled();
        return current.template().render(variables(current, prompt));
    }

    /** The prompt cut into what the template wrote and what came with the conversation. */
    List<TextSpan> spans(Prompt.Chat prompt) {
        Compiled current = compiled();
        return current.template().renderSpans(variables(current, prompt), RenderOptions.DEFAULT);
    }

    private Compiled compiled() {
        Compiled current = compiled;
        if (current == null) {
            ChatTemplate template = templates.choose(false);
            current = new Compiled(
                    template, new MessageForm(TemplateCapabilities.probe(template, templates.specialTokens())));
            compiled = current;
        }
        return current;
    }

    private Map<String, @Nullable Object> variables(Compiled current, Prompt.Chat prompt) {
        Map<String, @Nullable Object> variables = new HashMap<>(templates.specialTokens());
        variables.put("tools", null);
        variables.put("documents", null);
        variables.put("add_generation_prompt", true);
        variables.putAll(prompt.templateVariables());
        variables.put(
                "messages",
                current.form()
                        .fit(prompt.messages().stream()
                                .map(ChatPrompts::message)
                                .toList()));
        return variables;
    }

    private static Map<String, Object> message(ChatMessage message) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("role", message.role().word());
        map.put("content", message.content());
        return map;
    }
}
