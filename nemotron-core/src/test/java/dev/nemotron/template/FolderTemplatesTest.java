package dev.nemotron.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nemotron.ChatMl;
import dev.nemotron.ModelFormatException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderTemplatesTest {

    @TempDir
    Path folder;

    @Test
    void theFileOfItsOwnWinsOverTheConfiguration() throws IOException {
        config("{\"chat_template\": \"old\"}");
        write("chat_template.jinja", "new");
        assertThat(render(false)).isEqualTo("new");
    }

    @Test
    void theConfigurationsTextIsTheDefault() throws IOException {
        config("{\"chat_template\": \"text\"}");
        assertThat(render(false)).isEqualTo("text");
        assertThat(render(true)).isEqualTo("text");
    }

    @Test
    void namedTemplatesAreChosenByWhetherThereAreTools() throws IOException {
        config("{\"chat_template\": [{\"name\": \"default\", \"template\": \"d\"},"
                + " {\"name\": \"tool_use\", \"template\": \"t\"}, {\"name\": \"rag\", \"template\": \"r\"}]}");
        assertThat(render(false)).isEqualTo("d");
        assertThat(render(true)).isEqualTo("t");
        assertThat(FolderTemplates.read(folder).compile("rag").render(Map.of())).isEqualTo("r");
        assertThatThrownBy(() -> FolderTemplates.read(folder).compile("nosuch"))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContaining("no chat template \"nosuch\", only [default, rag, tool_use]");
    }

    @Test
    void additionalTemplatesJoin() throws IOException {
        write("chat_template.jinja", "d");
        Files.createDirectory(folder.resolve("additional_chat_templates"));
        write("additional_chat_templates/tool_use.jinja", "t");
        assertThat(render(true)).isEqualTo("t");
        assertThat(render(false)).isEqualTo("d");
    }

    @Test
    void aFolderWithoutATemplateSaysSoAndOffersChatMl() throws IOException {
        config("{\"chat_template\": \"\"}");
        assertThatThrownBy(() -> render(false))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContaining(
                        "no chat template (chat_template.jinja, or chat_template in tokenizer_config.json)")
                .hasMessageContaining("set ChatMl.TEMPLATE");
    }

    @Test
    void aTemplateThatIsNeitherTextNorListIsRefused() throws IOException {
        config("{\"chat_template\": [{\"name\": \"default\"}]}");
        assertThatThrownBy(() -> FolderTemplates.read(folder))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContaining("chat_template");
        config("{\"chat_template\": 5}");
        assertThatThrownBy(() -> FolderTemplates.read(folder)).isInstanceOf(ModelFormatException.class);
        Files.write(folder.resolve("chat_template.jinja"), new byte[] {(byte) 0xFF});
        config("{}");
        assertThatThrownBy(() -> FolderTemplates.read(folder)).hasMessageContaining("not valid UTF-8");
    }

    @Test
    void specialTokensAreTextsOrAddedTokens() throws IOException {
        config(
                "{\"bos_token\": \"<s>\", \"eos_token\": {\"content\": \"</s>\"}, \"pad_token\": null, \"add_bos_token\": true}");
        assertThat(FolderTemplates.read(folder).specialTokens())
                .containsOnly(Map.entry("bos_token", "<s>"), Map.entry("eos_token", "</s>"));
    }

    @Test
    void theBuiltInChatMlIsTheOneThatTheGoldensCover() throws IOException {
        assertThat(ChatMl.TEMPLATE).isEqualTo(Files.readString(Goldens.FOLDER.resolve("chatml.jinja")));
    }

    private String render(boolean tools) {
        FolderTemplates templates = FolderTemplates.read(folder);
        return templates.compile(templates.choose(tools)).render(Map.of());
    }

    private void config(String json) throws IOException {
        write("tokenizer_config.json", json);
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }
}
