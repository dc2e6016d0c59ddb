package dev.nemotron.output;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nemotron.TestData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

class ToolFormatTest {

    @Test
    void theFormatIsFoundInTheTemplate() throws IOException {
        Path folder = TestData.folder("template");
        assertThat(detect(folder.resolve("nemotron3.jinja"))).isEqualTo(ToolFormat.XML_FUNCTION);
        assertThat(detect(folder.resolve("nano-v2.jinja"))).isEqualTo(ToolFormat.TOOLCALL_LIST);
        assertThat(detect(folder.resolve("llama.jinja"))).isEqualTo(ToolFormat.LLAMA_JSON);
        assertThat(detect(folder.resolve("chatml.jinja"))).isEqualTo(ToolFormat.HERMES);
    }

    @Test
    void aTemplateWithoutToolsHasNone() {
        assertThat(ToolFormat.detect("{{ messages[0].content }}")).isEqualTo(ToolFormat.NONE);
        assertThat(ToolFormat.detect("<tool_call>{{ name }}<arg_key>")).isEqualTo(ToolFormat.NONE);
        assertThat(ToolFormat.detect("<|start|>assistant<|channel|>final<|message|>"))
                .isEqualTo(ToolFormat.HARMONY);
    }

    /** Templates that are not ours to commit, when a folder of them is given; see testdata/template/README.md. */
    @Test
    @EnabledIfSystemProperty(named = "nemotron.templates", matches = ".+")
    void theFormatsOfPublishedTemplatesAreFound() throws IOException {
        Map<ToolFormat, List<String>> begins = Map.of(
                ToolFormat.XML_FUNCTION,
                List.of(
                        "NVIDIA-Nemotron-3",
                        "Qwen3-Coder",
                        "Qwen3.5",
                        "StepFun",
                        "lightning35",
                        "nvnemo",
                        "ollama-nemotron",
                        "ollama-qwen38"),
                ToolFormat.TOOLCALL_LIST,
                List.of("NVIDIA-Nemotron-Nano-v2"),
                ToolFormat.HERMES,
                List.of(
                        "Qwen-Qw",
                        "Qwen-Qwen2.5",
                        "Qwen-Qwen3-",
                        "NousResearch",
                        "MiMo",
                        "Reka",
                        "Bielik",
                        "ibm-granite-granite-4",
                        "unsloth-Apriel"),
                ToolFormat.LLAMA_JSON,
                List.of("meta-llama"),
                ToolFormat.HARMONY,
                List.of("openai-gpt-oss"));
        Map<String, ToolFormat> expected = new TreeMap<>();
        Map<String, ToolFormat> found = new TreeMap<>();
        for (Path file : templates(Path.of(System.getProperty("nemotron.templates")))) {
            String name = file.getFileName().toString();
            found.put(name, detect(file));
            expected.put(name, ToolFormat.NONE);
            begins.forEach((format, names) -> {
                if (names.stream().anyMatch(name::startsWith)) {
                    expected.put(name, format);
                }
            });
        }
        assertThat(found).isNotEmpty().isEqualTo(expected);
    }

    private static List<Path> templates(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".jinja")).toList();
        }
    }

    private static ToolFormat detect(Path template) throws IOException {
        return ToolFormat.detect(Files.readString(template));
    }
}
