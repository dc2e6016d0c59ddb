package dev.nemotron.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JsonParser;

/** A file that is cut short while it is mapped, the way an interrupted download or a careless copy does it. */
class TruncatedWhileMappedTest {

    @TempDir
    Path folder;

    @Test
    void aPlainReadBecomesAnErrorThatNamesTheFile() throws IOException {
        RawSafetensors.folder(
                folder,
                RawSafetensors.bytes(
                        "{" + RawSafetensors.tensor("a", "U8", "[1000000]", 0, 1_000_000) + "}", 1_000_000));
        try (Checkpoint checkpoint = Checkpoint.open(folder)) {
            MemorySegment data = checkpoint.require("a").data();
            try (FileChannel channel =
                    FileChannel.open(folder.resolve("model.safetensors"), StandardOpenOption.WRITE)) {
                channel.truncate(10_000);
            }
            assertThatThrownBy(() -> data.get(ValueLayout.JAVA_BYTE, 900_000))
                    .isInstanceOfSatisfying(
                            InternalError.class,
                            error -> assertThat(checkpoint.explain(error))
                                    .hasMessageContaining("model.safetensors")
                                    .hasMessageContaining("cut short")
                                    .hasCause(error));
            assertThatThrownBy(() ->
                            MemorySegment.copy(data, ValueLayout.JAVA_BYTE, 500_000, new byte[400_000], 0, 400_000))
                    .isInstanceOf(InternalError.class);
        }
    }

    @Test
    void anErrorOfTheJvmItselfIsNotExplainedAway() throws IOException {
        RawSafetensors.folder(folder, RawSafetensors.bytes("{}", 0));
        try (Checkpoint checkpoint = Checkpoint.open(folder)) {
            InternalError other = new InternalError("out of code cache");
            assertThatThrownBy(() -> checkpoint.explain(other)).isSameAs(other);
        }
    }

    /** In a JVM of its own, since the alternative to the error is the end of the JVM. */
    @ParameterizedTest
    @ValueSource(strings = {"BF16", "F16", "F32", "FP8", "FP8-BLOCK", "NVFP4"})
    void compiledDecodersSurviveToo(String format) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(
                List.of("--add-modules", "jdk.incubator.vector", "-Xbatch", "-Xmx256m", "-XX:-CreateCoredumpOnCrash"));
        command.add("-XX:ErrorFile=" + folder.resolve("crash.log"));
        command.addAll(List.of("-cp", classPath(), DecodeTruncated.class.getName(), format, folder.toString()));
        Path output = folder.resolve("output.txt");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        String text = Files.readString(output, StandardCharsets.UTF_8);
        assertThat(text).contains("cut short").contains("model.safetensors");
        assertThat(process.exitValue()).as(text).isZero();
    }

    private static String classPath() {
        return Stream.of(Checkpoint.class, DecodeTruncated.class, JsonParser.class)
                .map(TruncatedWhileMappedTest::location)
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** The folder or archive that a class comes from. */
    private static String location(Class<?> type) {
        String name = type.getName().replace('.', '/') + ".class";
        String url = Objects.requireNonNull(type.getResource("/" + name)).toString();
        String root = url.startsWith("jar:")
                ? url.substring("jar:".length(), url.indexOf('!'))
                : url.substring(0, url.length() - name.length());
        return Path.of(URI.create(root)).toString();
    }
}
