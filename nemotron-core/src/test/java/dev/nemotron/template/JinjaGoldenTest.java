package dev.nemotron.template;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nemotron.TemplateException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class JinjaGoldenTest {

    @Test
    void everyCaseRendersAsJinjaRendersIt() {
        List<String> differences = new ArrayList<>();
        List<Map<String, @Nullable Object>> cases = Goldens.lines(Goldens.FOLDER.resolve("cases.jsonl"));
        for (Map<String, @Nullable Object> line : cases) {
            String template = Goldens.text(line, "template");
            String expected = line.containsKey("error") ? "error" : "output: " + Goldens.text(line, "output");
            String found = outcome(template, Goldens.object(line.get("variables")));
            if (!(expected.equals("error") ? found.startsWith("error") : found.equals(expected))) {
                differences.add(
                        template + "\n  expected " + expected + " " + line.get("error") + "\n  found    " + found);
            }
        }
        assertThat(cases).hasSizeGreaterThan(1000);
        assertThat(differences).isEmpty();
    }

    private static String outcome(String template, Map<String, @Nullable Object> variables) {
        try {
            return "output: " + ChatTemplate.compile(template, "case").render(variables, Goldens.OPTIONS);
        } catch (TemplateException e) {
            return "error: " + e.getMessage();
        }
    }
}
