package dev.nemotron.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Exit codes and the one line that explains them. */
class ExitCodeTest {

    @TempDir
    private Path scratch;

    @Test
    void withoutACommandTheCommandsAreListed() {
        CommandRun run = CommandRun.of();
        assertThat(run.code()).isZero();
        assertThat(run.out()).contains("chat", "generate", "inspect", "tokenize", "logits", "Exit codes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"chat", "generate", "inspect", "tokenize", "render", "logits"})
    void everyCommandHasHelp(String command) {
        CommandRun run = CommandRun.of(command, "--help");
        assertThat(run.code()).isZero();
        assertThat(run.out()).contains("nemotron " + command, "--json", "--verbose");
        assertThat(run.err()).isEmpty();
    }

    static Stream<Arguments> wrongArguments() {
        String model = CommandRun.checkpoint("latent-mtp");
        return Stream.of(
                Arguments.of("--frobnicate", new String[] {"generate", model, "Hi", "--frobnicate"}),
                Arguments.of("DIR", new String[] {"inspect"}),
                Arguments.of("PROMPT", new String[] {"generate", model}),
                Arguments.of("--ids", new String[] {"generate", model, "Hi", "--ids", "x.json"}),
                Arguments.of("--threads", new String[] {"generate", model, "Hi", "--threads", "many"}),
                Arguments.of("threads", new String[] {"generate", model, "Hi", "--threads", "-1"}),
                Arguments.of("temperature", new String[] {"generate", model, "Hi", "--temperature", "-1"}),
                Arguments.of("--kv", new String[] {"generate", model, "Hi", "--kv", "int3"}),
                Arguments.of("--ids", new String[] {"logits", model, "--ids", "absent.json"}),
                Arguments.of("TEXT", new String[] {"tokenize", model}),
                Arguments.of("--budget", new String[] {"chat", model, "Hi", "--budget", "-1"}),
                Arguments.of("temperature", new String[] {"chat", model, "Hi", "--temperature", "-1"}),
                Arguments.of("frobnicate", new String[] {"frobnicate"}),
                Arguments.of("quotes", new String[] {"chat", model, "What", "is", "this?"}));
    }

    @ParameterizedTest
    @MethodSource("wrongArguments")
    void wrongArgumentsEndWithTwoAndAreNamed(String named, String[] arguments) {
        CommandRun run = CommandRun.of(arguments);
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err().lines().findFirst().orElse(""))
                .startsWith("nemotron")
                .contains(named);
        assertThat(run.err().lines()).hasSizeLessThanOrEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"inspect", "generate", "tokenize", "chat", "render"})
    void aMissingFolderEndsWithThree(String command) {
        String folder = scratch.resolve("absent").toString();
        CommandRun run = switch (command) {
            case "inspect" -> CommandRun.of(command, folder);
            case "render" -> CommandRun.of(command, folder, "--request", "-");
            default -> CommandRun.of(command, folder, "Hi");
        };
        assertThat(run.code()).isEqualTo(3);
        assertThat(run.out()).isEmpty();
        assertThat(run.err().lines()).singleElement().asString().contains(folder);
    }

    @Test
    void aFileCutShortEndsWithThreeAndIsNamed() throws Exception {
        Path model = copy("latent-mtp");
        Path weights = model.resolve("model.safetensors");
        byte[] whole = Files.readAllBytes(weights);
        Files.write(weights, java.util.Arrays.copyOf(whole, whole.length / 2), StandardOpenOption.TRUNCATE_EXISTING);
        for (String command : new String[] {"inspect", "chat"}) {
            CommandRun run = command.equals("chat")
                    ? CommandRun.of(command, model.toString(), "Hi")
                    : CommandRun.of(command, model.toString());
            assertThat(run.code()).isEqualTo(3);
            assertThat(run.err().lines()).singleElement().asString().contains("model.safetensors");
        }
    }

    @Test
    void anArchitectureThatIsNotSupportedEndsWithThree() throws Exception {
        Path model = copy("dense-hybrid");
        Path config = model.resolve("config.json");
        Files.writeString(
                config,
                Files.readString(config)
                        .replace("NemotronHForCausalLM", "LlamaForCausalLM")
                        .replace("\"nemotron_h\"", "\"llama\""));
        CommandRun run = CommandRun.of("inspect", model.toString());
        assertThat(run.code()).isEqualTo(3);
        assertThat(run.err().lines()).singleElement().asString().containsIgnoringCase("llama");
    }

    @Test
    void verboseAddsTheTrace() {
        CommandRun run = CommandRun.of("inspect", scratch.resolve("absent").toString(), "--verbose");
        assertThat(run.code()).isEqualTo(3);
        assertThat(run.err()).contains("ModelFormatException", "\tat ");
    }

    @Test
    void aModelWithoutATemplateCannotChat() {
        CommandRun run = CommandRun.of("chat", CommandRun.checkpoint("moe"), "Hi");
        assertThat(run.code()).isEqualTo(3);
        assertThat(run.err()).contains("template", "generate");
    }

    private Path copy(String name) throws Exception {
        Path target = Files.createDirectory(scratch.resolve(name));
        try (Stream<Path> files = Files.list(Path.of(CommandRun.checkpoint(name)))) {
            for (Path file : files.toList()) {
                Files.copy(file, target.resolve(file.getFileName()));
            }
        }
        return target;
    }
}
