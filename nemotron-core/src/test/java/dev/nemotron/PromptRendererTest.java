package dev.nemotron;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nemotron.tokenizer.AddedToken;
import dev.nemotron.tokenizer.Tokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PromptRendererTest {

    private static final PromptRenderer BARE = PromptRenderer.withoutFolder(Map.of());
    private static final PromptRenderer FOLDER = PromptRenderer.of(TestData.folder("checkpoints/latent-mtp"), Map.of());

    private static String template(String name) throws IOException {
        return Files.readString(TestData.folder("template").resolve(name));
    }

    private static String render(String template, ChatRequestBuilder request) {
        return BARE.render(request.rendering(request.build().rendering().withTemplate(template))
                .build());
    }

    private static ChatRequestBuilder hello() {
        return ChatRequest.of(ChatMessage.system("Be brief."), ChatMessage.user("Hello"));
    }

    @Test
    void nemotron3IsToldToThinkByAVariable() throws IOException {
        String template = template("nemotron3.jinja");
        assertThat(render(template, hello())).endsWith("<think>\n");
        assertThat(render(template, hello().reasoning(Reasoning.on()))).endsWith("<think>\n");
        assertThat(render(template, hello().reasoning(Reasoning.off()))).endsWith("<think></think>");
    }

    @Test
    void nano2IsToldByWordsThatTheTemplateTakesOut() throws IOException {
        String template = template("nano-v2.jinja");
        String on = render(template, hello());
        String off = render(template, hello().reasoning(Reasoning.off()));
        assertThat(on).endsWith("<think>\n");
        assertThat(off).isEqualTo(on.replace("<think>\n", "<think></think>")).doesNotContain("no_think");
        assertThat(render(template, ChatRequest.of(ChatMessage.user("Hello")).reasoning(Reasoning.off())))
                .endsWith("<think></think>");
    }

    @Test
    void olderFamiliesAreToldByWordsThatStay() {
        String nemotronH = "{% for m in messages %}{% if \"{'reasoning': True}\" in m.content %}T{% endif %}"
                + "{{ m.role }}={{ m.content }};{% endfor %}";
        assertThat(render(nemotronH, hello().reasoning(Reasoning.on())))
                .isEqualTo("Tsystem=Be brief. {'reasoning': True};user=Hello;");
        String llama = "{# detailed thinking on #}{% for m in messages %}{{ m.role }}={{ m.content }};{% endfor %}";
        assertThat(render(llama, hello().reasoning(Reasoning.off())))
                .isEqualTo("system=detailed thinking off\n\nBe brief.;user=Hello;");
    }

    @Test
    void effortsAreVariablesThatOnlySomeTemplatesKnow() throws IOException {
        String ultra = "{% if medium_effort %}M{% endif %}{{ messages[0].content }}";
        assertThat(render(ultra, hello().reasoning(Reasoning.effort(Reasoning.Effort.MEDIUM))))
                .startsWith("M");
        assertThatThrownBy(() -> render(ultra, hello().reasoning(Reasoning.effort(Reasoning.Effort.LOW))))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("knows no low effort")
                .hasMessageContaining("it knows medium");
        String gptOss = "{{ reasoning_effort }}{{ messages[0].content }}";
        assertThat(render(gptOss, hello().reasoning(Reasoning.effort(Reasoning.Effort.LOW))))
                .startsWith("low");
    }

    @Test
    void aTemplateWithoutASwitchRefusesOne() throws IOException {
        String template = template("chatml.jinja");
        assertThat(render(template, hello())).contains("Hello");
        assertThatThrownBy(() -> render(template, hello().reasoning(Reasoning.off())))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("no switch to turn reasoning off");
    }

    @Test
    void toolsAreShownUnlessNoneMayBeCalled() throws IOException {
        String template = template("nemotron3.jinja");
        List<Tool> tools = List.of(Tool.of("get_weather", "Weather", Map.of("type", "object")));
        assertThat(render(template, hello().tools(tools))).contains("<name>get_weather</name>");
        assertThat(render(template, hello().tools(tools).toolChoice(ToolChoice.none())))
                .isEqualTo(render(template, hello()));
    }

    @Test
    void aFinalMessageIsContinuedWhereItEnds() throws IOException {
        for (String name : List.of("nemotron3.jinja", "chatml.jinja", "llama.jinja")) {
            String prompt = render(
                    template(name),
                    ChatRequest.of(ChatMessage.user("Hello"), ChatMessage.assistant("Good morn"))
                            .continueFinalMessage());
            assertThat(prompt).as(name).endsWith("Good morn");
        }
        assertThatThrownBy(() -> render(
                        "{{ messages[0].content }}",
                        ChatRequest.of(ChatMessage.user("Hello"), ChatMessage.assistant("Good morn"))
                                .continueFinalMessage()))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("leaves the end of the last message out");
    }

    @Test
    void rawMessagesReachTheTemplateAsTheyAre() {
        String template = "{{ messages[0].content }}{{ messages[0].role is defined }}{{ tools | length }}";
        ChatRequest request = ChatRequest.fromTrustedJson(
                "{\"messages\": [{\"content\": [{\"type\": \"text\", \"text\": \"a\"}]}], \"tools\": [1, 2],"
                        + " \"chat_template\": \"" + template + "\"}",
                true);
        assertThat(BARE.render(request)).isEqualTo("[{'type': 'text', 'text': 'a'}]False2");
    }

    @Test
    void noAddedTokenOfTheVocabularyCanBeForged() {
        Tokenizer tokenizer = Tokenizer.load(TestData.folder("checkpoints/latent-mtp"));
        List<Integer> usual =
                FOLDER.tokenize(ChatRequest.of(ChatMessage.user("")).build());
        for (AddedToken added : tokenizer.addedTokens()) {
            ChatRequestBuilder forged = ChatRequest.of(ChatMessage.user(added.content()));
            long before = usual.stream().filter(id -> id == added.id()).count();
            assertThat(FOLDER.tokenize(forged.build()).stream().filter(id -> id == added.id()))
                    .as(added.content())
                    .hasSize((int) before);
            assertThat(FOLDER.tokenize(forged.controlTokensInContent(true).build()).stream()
                            .filter(id -> id == added.id()))
                    .as(added.content())
                    .hasSize((int) before + 1);
        }
    }

    @Test
    void theClockIsTheRequests() {
        ChatRequest request = hello().build();
        Rendering rendering = request.rendering()
                .withTemplate("{{ strftime_now('%Y-%m-%d') }}{{ messages[0].content[:0] }}")
                .withClock(java.time.Clock.fixed(
                        java.time.Instant.parse("2026-01-31T12:00:00Z"), java.time.ZoneOffset.UTC));
        assertThat(BARE.render(request.toBuilder().rendering(rendering).build()))
                .isEqualTo("2026-01-31");
    }

    @Test
    void withoutATemplateTheErrorOffersChatMl() {
        assertThatThrownBy(() -> BARE.render(hello().build()))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageStartingWith("there is no chat template")
                .hasMessageContaining("ChatMl.TEMPLATE");
        assertThat(render(ChatMl.TEMPLATE, hello())).endsWith("<|im_start|>assistant\n");
    }

    @Test
    void anErrorNamesTheTemplateThatWasHandedOver() {
        PromptRenderer renderer = BARE.withTemplate("{{ messages[0].content }\n", "my.jinja");
        assertThatThrownBy(() -> renderer.render(hello().build()))
                .isInstanceOf(TemplateException.class)
                .hasMessageStartingWith("my.jinja:1:");
        assertThat(renderer.render(hello().rendering(Rendering.DEFAULT.withTemplate("its own{{ messages[:0] | join }}"))
                        .build()))
                .isEqualTo("its own");
    }

    @Test
    void wordsForReasoningStandBesideThePartsOfASystemMessage() {
        String template = "{# /no_think #}{% for m in messages %}[{{ m.role }}:"
                + "{% if m.content is string %}{{ m.content }}"
                + "{% else %}{% for p in m.content %}{{ p.text }};{% endfor %}{% endif %}]{% endfor %}";
        ChatMessage system = ChatMessage.of(
                Map.of("role", "system", "content", List.of(Map.of("type", "text", "text", "Be brief."))));
        assertThat(render(
                        template, ChatRequest.of(system, ChatMessage.user("Hi")).reasoning(Reasoning.off())))
                .isEqualTo("[system:Be brief.;/no_think;][user:Hi]");
        String partsOnly = "{# /no_think #}{% for m in messages %}[{{ m.role }}:"
                + "{% for p in m.content %}{{ p.text }};{% endfor %}]{% endfor %}";
        assertThat(render(partsOnly, ChatRequest.of(ChatMessage.user("Hi")).reasoning(Reasoning.off())))
                .isEqualTo("[system:/no_think;][user:Hi;]");
    }

    @Test
    void specialTokensOfTheFolderAreTheTemplatesOwnAndThoseOfARequestAreNot() {
        PromptRenderer renderer = PromptRenderer.of(
                        TestData.folder("checkpoints/latent-mtp"), Map.of("image_token", "<|im_end|>"))
                .withTemplate("{{ image_token }}{{ messages[0].content }}", "printing");
        int mark =
                renderer.tokenize(ChatRequest.of(ChatMessage.user("")).build()).getFirst();
        assertThat(Tokenizer.load(TestData.folder("checkpoints/latent-mtp")).token(mark))
                .isEqualTo("<|im_end|>");
        assertThat(renderer.tokenize(ChatRequest.of(ChatMessage.user(""))
                        .templateVariable("image_token", "<|im_start|>")
                        .build()))
                .hasSizeGreaterThan(1);
    }

    @Test
    void nothingCanBeContinuedWithoutAMessage() {
        assertThatThrownBy(() -> render("{{ 1 }}", ChatRequest.of(List.of()).continueFinalMessage()))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("no message");
    }

    @Test
    void tokensNeedATokenizer() {
        assertThatThrownBy(() ->
                        BARE.tokenize(hello().rendering(Rendering.DEFAULT.withTemplate("{{ messages[0].content }}"))
                                .build()))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContaining("tokenizer.json");
    }
}
