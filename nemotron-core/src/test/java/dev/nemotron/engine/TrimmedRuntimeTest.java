package dev.nemotron.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nemotron.TestData;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runtime images for containers are cut down to what applications are known to need. */
class TrimmedRuntimeTest {

    @TempDir
    Path folder;

    @Test
    void answersComeWithoutFlightRecorderWhereTheRuntimeHasNone() throws IOException, InterruptedException {
        Path output = folder.resolve("output.txt");
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--limit-modules",
                        "java.base,java.logging,jdk.management",
                        "-cp",
                        System.getProperty("jdk.module.path", "")
                                + File.pathSeparator
                                + System.getProperty("java.class.path")
                                + File.pathSeparator
                                + testClasses(),
                        GenerateOnce.class.getName(),
                        TestData.folder("checkpoints/moe").toString()))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        assertThat(Files.readString(output))
                .contains("jdk.jfr absent, 3 tokens")
                .contains("slow: the plain kernels run")
                .contains("--add-modules jdk.incubator.vector");
        assertThat(process.exitValue()).isZero();
    }

    /** Surefire patches the tests into the module, so that no path names their folder. */
    private static String testClasses() {
        String name = GenerateOnce.class.getName().replace('.', '/') + ".class";
        String url = String.valueOf(GenerateOnce.class.getResource("/" + name));
        return Path.of(URI.create(url.substring(0, url.length() - name.length())))
                .toString();
    }
}
