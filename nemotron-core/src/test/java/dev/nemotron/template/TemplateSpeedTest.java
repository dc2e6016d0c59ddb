package dev.nemotron.template;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TemplateSpeedTest {

    @Test
    void aHundredMessagesRenderInLessThanFiveMilliseconds() throws IOException {
        ChatTemplate template = template();
        Map<String, @Nullable Object> variables = conversation(100);
        String first = template.render(variables);
        long best = Long.MAX_VALUE;
        for (int i = 0; i < 300; i++) {
            long start = System.nanoTime();
            assertThat(template.render(variables)).isEqualTo(first);
            best = Math.min(best, System.nanoTime() - start);
        }
        System.getLogger("nemotron.templates")
                .log(System.Logger.Level.INFO, "100 messages in {0} microseconds", best / 1000);
        assertThat(best).isLessThan(5_000_000);
    }

    @Test
    void oneTemplateServesManyThreads() throws Exception {
        ChatTemplate template = template();
        String expected = template.render(conversation(30));
        List<Callable<String>> jobs = new ArrayList<>();
        for (int i = 0; i < 64; i++) {
            jobs.add(() -> template.render(conversation(30)));
        }
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            for (Future<String> job : threads.invokeAll(jobs)) {
                assertThat(job.get()).isEqualTo(expected);
            }
        }
    }

    private static ChatTemplate template() throws IOException {
        return ChatTemplate.compile(Files.readString(Goldens.FOLDER.resolve("nemotron3.jinja")), "nemotron3.jinja");
    }

    private static Map<String, @Nullable Object> conversation(int messages) {
        List<Map<String, Object>> list = new ArrayList<>();
        for (int i = 0; i < messages; i++) {
            boolean user = i % 2 == 0;
            list.add(Map.of(
                    "role", user ? "user" : "assistant",
                    "content", ("message " + i + " says some words. ").repeat(20),
                    "reasoning_content", user ? "" : "some thoughts " + i));
        }
        Map<String, @Nullable Object> variables = new HashMap<>();
        variables.put("messages", list);
        variables.put("tools", null);
        variables.put("add_generation_prompt", true);
        return variables;
    }
}
