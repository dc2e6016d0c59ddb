package dev.nemotron.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
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

    @Test
    void theFirstStartWritesAFileThatMakesAllStartsFaster() throws Exception {
        Path jdk = jdk("25.0.3", PREPARING);
        Launch first = launch(Map.of("JAVA_HOME", jdk.toString()), List.of("--version"));
        Launch second = launch(Map.of("JAVA_HOME", jdk.toString()), List.of("--version"));
        Path archive = app().resolve("start-25.0.3.aot");
        assertThat(first.text).contains("-XX:AOTCache=" + archive + " ").endsWith(" --version\n");
        assertThat(second.text).isEqualTo(first.text);
        assertThat(archive).content().isEqualTo("archive\n");
        assertThat(files()).containsExactlyInAnyOrder("built", "start-25.0.3.aot", "starts");
        assertThat(app().resolve("starts")).content().isEqualTo("prepares\n");
    }

    @Test
    void anotherJdkWritesItsOwnFile() throws Exception {
        launch(Map.of("JAVA_HOME", jdk("25.0.3", PREPARING).toString()), List.of("--version"));
        launch(Map.of("JAVA_HOME", jdk("25.0.4", PREPARING).toString()), List.of("--version"));
        assertThat(files()).contains("start-25.0.3.aot", "start-25.0.4.aot");
    }

    @Test
    void aJdkThatCannotWriteTheFileIsAskedOnce() throws Exception {
        String failing =
                "echo \"$@\"; case $* in *AOTCacheOutput*) echo asked >>\"$(dirname \"$0\")/asked\"; exit 1;; esac";
        Path jdk = jdk("25", failing);
        for (int i = 0; i < 2; i++) {
            Launch launch = launch(Map.of("JAVA_HOME", jdk.toString()), List.of("--version"));
            assertThat(launch.code).isZero();
            assertThat(launch.text).doesNotContain("AOT").endsWith(" --version\n");
        }
        assertThat(jdk.resolve("bin/asked")).content().isEqualTo("asked\n");
    }

    @Test
    void nobodyWaitsForTheFile() throws Exception {
        Path lock = Files.createDirectories(root.resolve("nemotron-cli/target/build.lock"));
        Files.writeString(
                lock.resolve("owner"), Long.toString(ProcessHandle.current().pid()));
        Path jdk = jdk("25", PREPARING);
        Launch launch = launch(Map.of("JAVA_HOME", jdk.toString()), List.of("--version"));
        assertThat(launch.text).doesNotContain("AOT").endsWith(" --version\n");
        assertThat(files()).containsExactly("built");
    }

    @Test
    void theUsersOwnChoiceOfSharedClassesStands() throws Exception {
        Path jdk = jdk("25", PREPARING);
        for (String option : List.of("-Xshare:off", "-Xmx1g -XX:AOTMode=off", "-XX:SharedArchiveFile=x")) {
            Launch launch =
                    launch(Map.of("JAVA_HOME", jdk.toString(), "NEMOTRON_JAVA_OPTIONS", option), List.of("--version"));
            assertThat(launch.text).contains(option).doesNotContain("AOTCache");
        }
    }

    /** Prints its arguments, or writes the file that it is asked for and says so where the launcher must keep it quiet. */
    private static final String PREPARING = """
            for word; do
                case $word in
                -XX:AOTCacheOutput=*)
                    echo archive >"${word#*=}"
                    echo noise
                    echo noise >&2
                    echo prepares >>"$(dirname "${word#*=}")/starts"
                    exit
                    ;;
                esac
            done
            echo "$@\"""";

    private Path app() throws Exception {
        return root.toRealPath().resolve("nemotron-cli/target/app");
    }

    private List<String> files() throws Exception {
        try (Stream<Path> files = Files.list(app())) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
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
