package dev.nemotron.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JsonParser;

/** A kernel whose vectors stay objects is a hundred times slower than it should be; whether one does, a start decides. */
class FreshJvmTest {

    private static final String SECONDS = "40";

    @Test
    void everyKernelIsCompiledInAJvmThatHasLittleElseToDo() throws IOException, InterruptedException {
        assertThat(start(0)).isEqualTo("done");
    }

    @Tag("slow")
    @RepeatedTest(20)
    void everyKernelIsCompiledWhileTheCompilersAreBusy() throws IOException, InterruptedException {
        assertThat(start(1)).isEqualTo("done");
    }

    private static String start(int busyThreads) throws IOException, InterruptedException {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        Process process = new ProcessBuilder(List.of(
                        java.toString(),
                        "--add-modules",
                        "jdk.incubator.vector",
                        "-Xmx512m",
                        "-cp",
                        classPath(),
                        BusyStart.class.getName(),
                        String.valueOf(busyThreads),
                        SECONDS))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return output.strip();
    }

    private static String classPath() {
        return Stream.of(Kernels.class, BusyStart.class, JsonParser.class)
                .map(type -> type.getProtectionDomain().getCodeSource().getLocation())
                .map(location -> Path.of(URI.create(location.toString())).toString())
                .collect(Collectors.joining(File.pathSeparator));
    }
}
