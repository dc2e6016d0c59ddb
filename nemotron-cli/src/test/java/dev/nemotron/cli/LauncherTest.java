package dev.nemotron.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The launcher, in a folder that is built already, with JDKs that only print what they are given. */
@DisabledOnOs(OS.WINDOWS)
class LauncherTest {

    @TempDir
    private Path root;

    @BeforeEach
    void pretendThatEverythingIsBuilt() throws Exception {
        Files.copy(Path.of("..", "nemotron"), root.resolve("nemotron"));
        Files.createDirectories(root.resolve("nemotron-cli/target/app"));
        Files.createFile(root.resolve("nemotron-cli/target/app/built"));
    }

    @Test
    void argumentsReachTheProgramUntouched() throws Exception {
        Path jdk = jdk("25.0.3", "for word; do printf '[%s]' \"$word\"; done");
        List<String> arguments = List.of("chat", "What is  \"27 + 48\"?", "", "$HOME * `id`\nline", "--stop=\\n");
        Launch launch = launch(Map.of("JAVA_HOME", jdk.toString()), arguments);
        assertThat(launch.code).isZero();
        assertThat(launch.text).endsWith("[" + String.join("][", arguments) + "]");
    }

    @Test
    void theExitCodeIsTheProgramsOwn() throws Exception {
        Path jdk = jdk("25", "exit 3");
        assertThat(launch(Map.of("JAVA_HOME", jdk.toString()), List.of("inspect", "x")).code)
                .isEqualTo(3);
    }

    @Test
    void optionsForTheJvmComeFromTheEnvironment() throws Exception {
        Path jdk = jdk("25", "echo \"$@\"");
        Launch launch = launch(
                Map.of("JAVA_HOME", jdk.toString(), "NEMOTRON_JAVA_OPTIONS", "-Xmx1g -Dx=y"), List.of("--version"));
        assertThat(launch.text).contains(" -Xmx1g -Dx=y ");
    }

    @Test
    void aJdkThatIsTooOldIsPassedOverForOneOnThePath() throws Exception {
        Path old = jdk("17.0.15", "echo old");
        Path recent = jdk("26-ea", "echo recent");
        Launch launch = launch(
                Map.of("JAVA_HOME", old.toString(), "PATH", recent.resolve("bin") + ":" + System.getenv("PATH")),
                List.of("--version"));
        assertThat(launch.text.strip()).isEqualTo("recent");
    }

    private Path jdk(String version, String program) throws Exception {
        Path jdk = root.resolve("jdk " + version);
        Files.createDirectories(jdk.resolve("bin"));
        Files.writeString(
                jdk.resolve("release"), "IMPLEMENTOR=\"Nobody\"\nJAVA_VERSION=\"" + version + "\"\nOS_NAME=\"Linux\"");
        for (String name : List.of("java", "javac")) {
            Path file = Files.writeString(jdk.resolve("bin").resolve(name), "#!/bin/sh\n" + program + "\n");
            assertThat(file.toFile().setExecutable(true)).isTrue();
        }
        return jdk;
    }

    private record Launch(int code, String text) {}

    private Launch launch(Map<String, String> environment, List<String> arguments) throws Exception {
        List<String> command =
                new ArrayList<>(List.of("sh", root.resolve("nemotron").toString()));
        command.addAll(arguments);
        ProcessBuilder process = new ProcessBuilder(command).redirectErrorStream(true);
        process.environment().putAll(environment);
        Process running = process.start();
        String text = new String(running.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Launch(running.waitFor(), text);
    }
}
