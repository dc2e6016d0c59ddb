package dev.nemotron.template;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nemotron.TemplateException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Templates that are not ours to commit, compared when a folder of them is given; see testdata/template/README.md. */
@EnabledIfSystemProperty(named = "nemotron.templates", matches = ".+")
class PublishedTemplatesTest {

    @Test
    void everyPublishedTemplateRendersAsJinjaRendersIt() throws IOException {
        Path folder = Path.of(System.getProperty("nemotron.templates"));
        Map<String, Map<String, @Nullable Object>> conversations = ConversationGoldenTest.conversations();
        Map<String, ChatTemplate> templates = new HashMap<>();
        List<String> differences = new ArrayList<>();
        int equal = 0;
        int refused = 0;
        for (Map<String, @Nullable Object> line : Goldens.lines(folder.resolve("rendered.jsonl"))) {
            String name = Goldens.text(line, "template");
            String conversation = Goldens.text(line, "conversation");
            ChatTemplate template = templates.computeIfAbsent(name, file -> compile(folder.resolve(file)));
            String found = ConversationGoldenTest.outcome(template, conversations.get(conversation));
            boolean error = line.containsKey("error");
            if (error ? found.startsWith("error") : found.equals("output: " + line.get("output"))) {
                equal++;
                refused += error ? 1 : 0;
            } else {
                differences.add(name + " " + conversation + "\n  expected " + line + "\n  found " + found);
            }
        }
        System.getLogger("nemotron.templates")
                .log(
                        System.Logger.Level.INFO,
                        "{0} templates, {1} renderings equal, {2} of them refused by both",
                        templates.size(),
                        equal,
                        refused);
        assertThat(differences).isEmpty();
        assertThat(equal).isPositive();
    }

    private static ChatTemplate compile(Path file) {
        try {
            return ChatTemplate.compile(
                    Files.readString(file), file.getFileName().toString());
        } catch (IOException e) {
            throw new TemplateException(file + ": cannot be read", e);
        }
    }
}
