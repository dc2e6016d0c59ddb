package dev.nemotron.template;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nemotron.TemplateException;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ConversationGoldenTest {

    @Test
    void ourTemplatesRenderEveryConversationAsJinjaDoes() throws IOException {
        Map<String, Map<String, @Nullable Object>> conversations = conversations();
        Map<String, ChatTemplate> templates = new HashMap<>();
        List<String> differences = new ArrayList<>();
        for (Map<String, @Nullable Object> line : Goldens.lines(Goldens.FOLDER.resolve("rendered.jsonl"))) {
            String name = Goldens.text(line, "template");
            if (!templates.containsKey(name)) {
                templates.put(name, ChatTemplate.compile(Files.readString(Goldens.FOLDER.resolve(name)), name));
            }
            String found = outcome(
                    Objects.requireNonNull(templates.get(name)), conversations.get(Goldens.text(line, "conversation")));
            String expected = line.containsKey("error") ? "error" : "output: " + Goldens.text(line, "output");
            if (!(expected.equals("error") ? found.startsWith("error") : found.equals(expected))) {
                differences.add(name + "\n  expected " + line + "\n  found " + found);
            }
        }
        assertThat(templates).hasSizeGreaterThanOrEqualTo(3);
        assertThat(conversations).hasSizeGreaterThanOrEqualTo(20);
        assertThat(differences).isEmpty();
    }

    static Map<String, Map<String, @Nullable Object>> conversations() {
        Map<String, Map<String, @Nullable Object>> conversations = new HashMap<>();
        for (Map<String, @Nullable Object> line : Goldens.lines(Goldens.FOLDER.resolve("conversations.jsonl"))) {
            String name = Goldens.text(line, "name");
            line.remove("name");
            conversations.put(name, line);
        }
        return conversations;
    }

    static String outcome(ChatTemplate template, @Nullable Map<String, @Nullable Object> variables) {
        try {
            return "output: " + template.render(Objects.requireNonNull(variables), Goldens.OPTIONS);
        } catch (TemplateException e) {
            return "error: " + e.getMessage();
        }
    }
}
