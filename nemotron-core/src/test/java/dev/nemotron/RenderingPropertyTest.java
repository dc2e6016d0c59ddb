package dev.nemotron;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nemotron.json.JsonWriter;
import dev.nemotron.tokenizer.Tokenizer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

/** What holds for every conversation with every committed template. */
class RenderingPropertyTest {

    private static final Path CHECKPOINT = TestData.folder("checkpoints/latent-mtp");
    private static final Path TEMPLATES = TestData.folder("template");
    private static final List<String> NAMES = List.of("nemotron3", "nano-v2", "chatml", "llama");
    private static final List<PromptRenderer> RENDERERS =
            NAMES.stream().map(RenderingPropertyTest::renderer).toList();
    private static final int FORGED =
            Tokenizer.load(CHECKPOINT).id(Conversations.FORGED).orElseThrow();

    private static PromptRenderer renderer(String name) {
        try {
            String source = Files.readString(TEMPLATES.resolve(name + ".jinja"));
            return PromptRenderer.of(CHECKPOINT, Map.of("bos_token", "<s>")).withTemplate(source, name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Provide
    Arbitrary<Map<String, Object>> bodies() {
        return Conversations.bodies();
    }

    /** The prompt, or null where template or request say in an exception of theirs why there is none. */
    private static @Nullable String rendered(PromptRenderer renderer, ChatRequest request) {
        try {
            return renderer.render(request);
        } catch (TemplateException | InvalidRequestException refused) {
            assertThat(refused).hasMessageMatching("(?s)\\S.*");
            return null;
        }
    }

    @Property(tries = 300)
    void aConversationIsRenderedAlwaysAlikeOrRefusedInOneOfTwoWays(@ForAll("bodies") Map<String, Object> body) {
        ChatRequest request = ChatRequest.fromJson(JsonWriter.write(body));
        for (int i = 0; i < NAMES.size(); i++) {
            String prompt = rendered(RENDERERS.get(i), request);
            assertThat(rendered(RENDERERS.get(i), request)).as(NAMES.get(i)).isEqualTo(prompt);
        }
    }

    @Property(tries = 300)
    void nothingThatComesWithARequestBecomesAControlToken(@ForAll("bodies") Map<String, Object> body) {
        ChatRequest request = ChatRequest.fromJson(JsonWriter.write(body));
        for (int i = 0; i < NAMES.size(); i++) {
            if (rendered(RENDERERS.get(i), request) != null) {
                assertThat(RENDERERS.get(i).tokenize(request)).as(NAMES.get(i)).doesNotContain(FORGED);
            }
        }
    }

    /** Promised by the templates that forget nothing and do not gather messages, or where they do, between the groups. */
    @Property(tries = 300)
    void theBeginningOfAConversationIsTheBeginningOfItsPrompt(@ForAll("bodies") Map<String, Object> body) {
        ChatRequest request = ChatRequest.fromJson(JsonWriter.write(body)).toBuilder()
                .reasoning(Reasoning.DEFAULT)
                .templateVariable("truncate_history_thinking", false)
                .build();
        for (String name : List.of("nemotron3", "chatml")) {
            PromptRenderer renderer = RENDERERS.get(NAMES.indexOf(name));
            String whole = rendered(renderer, request);
            List<ChatMessage> messages = request.messages();
            for (int count = 1; count < messages.size() && whole != null; count++) {
                boolean within = messages.get(count).role().equals("tool") && name.equals("nemotron3");
                ChatRequest first = request.withMessages(messages.subList(0, count)).toBuilder()
                        .rendering(request.rendering().ended())
                        .build();
                if (!within) {
                    assertThat(whole).as("%s, %s messages", name, count).startsWith(renderer.render(first));
                }
            }
        }
    }
}
