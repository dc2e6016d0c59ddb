package dev.nemotron.tiny;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelCacheTest {

    @TempDir
    Path home;

    private Path cache() {
        return home.resolve("caches").resolve("nemotron");
    }

    @Test
    void writesAllFilesAndNothingElse() throws IOException {
        Path folder = FakeModel.cache().install(cache());

        assertIntact(folder);
        assertThat(folder.getParent()).isEqualTo(cache());
    }

    @Test
    void leavesAnIntactFolderAlone() throws IOException {
        Path folder = FakeModel.cache().install(cache());
        FileTime longAgo = FileTime.from(Instant.EPOCH);
        Files.setLastModifiedTime(folder.resolve(FakeModel.LARGE), longAgo);

        FakeModel.cache().install(cache());

        assertThat(Files.getLastModifiedTime(folder.resolve(FakeModel.LARGE))).isEqualTo(longAgo);
    }

    @Test
    void mendsOnlyWhatIsDamaged() throws IOException {
        Path folder = FakeModel.cache().install(cache());
        Path large = folder.resolve(FakeModel.LARGE);
        Path small = folder.resolve(FakeModel.SMALL);
        FileTime longAgo = FileTime.from(Instant.EPOCH);
        Files.setLastModifiedTime(small, longAgo);
        Files.write(large, new byte[1000]);

        FakeModel.cache().install(cache());

        assertIntact(folder);
        assertThat(Files.getLastModifiedTime(small)).isEqualTo(longAgo);
    }

    @Test
    void mendsADeletedFile() throws IOException {
        Path folder = FakeModel.cache().install(cache());
        Files.delete(folder.resolve(FakeModel.SMALL));

        FakeModel.cache().install(cache());

        assertIntact(folder);
    }

    @Test
    void mendsAFileWithOneWrongByte() throws IOException {
        Path folder = FakeModel.cache().install(cache());
        byte[] content = Files.readAllBytes(folder.resolve(FakeModel.LARGE));
        content[1234] ^= 1;
        Files.write(folder.resolve(FakeModel.LARGE), content, StandardOpenOption.TRUNCATE_EXISTING);

        FakeModel.cache().install(cache());

        assertIntact(folder);
    }

    @Test
    void keepsTheOldContentForWhoeverHasItOpen() throws IOException {
        Path large = FakeModel.cache().install(cache()).resolve(FakeModel.LARGE);
        byte[] damaged = {1, 2, 3};
        Files.write(large, damaged);
        try (var open = Files.newInputStream(large)) {
            FakeModel.cache().install(cache());

            assertThat(open.readAllBytes()).isEqualTo(damaged);
        }
    }

    @Test
    void manyThreadsAtOnceGetOneIntactFolder() throws Exception {
        int threads = 16;
        CyclicBarrier start = new CyclicBarrier(threads);
        Callable<Path> installation = () -> {
            start.await();
            Path folder = FakeModel.cache().install(cache());
            assertThat(FakeModel.cache().manifest().files())
                    .allMatch(file -> file.isIntact(folder.resolve(file.name())));
            return folder;
        };
        Set<Path> folders = new HashSet<>();
        try (ExecutorService executor = Executors.newFixedThreadPool(threads)) {
            List<Future<Path>> installations = Stream.generate(() -> installation)
                    .limit(threads)
                    .map(executor::submit)
                    .toList();
            for (Future<Path> future : installations) {
                folders.add(future.get());
            }
        }

        assertThat(folders).hasSize(1);
        assertIntact(folders.iterator().next());
    }

    @Test
    void severalJvmsAtOnceGetOneIntactFolder() throws Exception {
        List<Process> jvms = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            jvms.add(jvm());
        }
        Set<Path> folders = new HashSet<>();
        for (Process jvm : jvms) {
            folders.add(Path.of(new String(jvm.getInputStream().readAllBytes(), StandardCharsets.UTF_8)));
            assertThat(jvm.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(jvm.exitValue()).isZero();
        }

        assertThat(folders).hasSize(1);
        assertIntact(folders.iterator().next());
    }

    @Test
    void removesPartsOfKilledJvmsButNotThoseBeingWritten() throws IOException {
        Files.createDirectories(cache());
        Path abandoned = Files.createFile(cache().resolve("nemotron-tiny-1.part"));
        Path beingWritten = Files.createFile(cache().resolve("nemotron-tiny-2.part"));
        Path foreign = Files.createFile(cache().resolve("somebody-elses.part"));
        FileTime anHourAgo = FileTime.from(Instant.now().minus(Duration.ofHours(1)));
        Files.setLastModifiedTime(abandoned, anHourAgo);
        Files.setLastModifiedTime(foreign, anHourAgo);

        FakeModel.cache().install(cache());

        assertThat(abandoned).doesNotExist();
        assertThat(beingWritten).exists();
        assertThat(foreign).exists();
    }

    @Test
    void refusesASourceThatContradictsItsManifestAndLeavesNothing() throws IOException {
        Map<String, byte[]> files = FakeModel.files();
        files.put(FakeModel.SMALL, new byte[] {1});

        assertThatThrownBy(() -> FakeModel.cache(files).install(cache()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("damaged")
                .hasMessageContaining("model/config.json");
        assertThat(parts()).isEmpty();
    }

    @Test
    void refusesASourceWithoutAFileOfItsManifest() {
        Map<String, byte[]> files = FakeModel.files();
        files.remove(FakeModel.LARGE);

        assertThatThrownBy(() -> FakeModel.cache(files).install(cache()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("lacks model/model.safetensors");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "config.json\n", "0123 5 config.json\n"})
    void refusesAMalformedManifest(String content) {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);

        assertThatThrownBy(() -> FakeModel.cache(Map.of("manifest", bytes)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("model/manifest");
    }

    @Test
    void refusesAManifestWhoseNamesLeaveTheFolder() {
        byte[] bytes = ("0".repeat(64) + " 5 ../config.json\n").getBytes(StandardCharsets.UTF_8);

        assertThatThrownBy(() -> FakeModel.cache(Map.of("manifest", bytes)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("../config.json");
    }

    @Test
    void anotherModelHasAnotherFolder() throws IOException {
        Path folder = FakeModel.cache().install(cache());
        String manifest = new String(FakeModel.files().get("manifest"), StandardCharsets.UTF_8);
        byte[] fewer = manifest.substring(0, manifest.indexOf('\n') + 1).getBytes(StandardCharsets.UTF_8);
        Map<String, byte[]> files = FakeModel.files();
        files.put("manifest", fewer);

        assertThat(FakeModel.cache(files).install(cache())).isNotEqualTo(folder);
    }

    private Process jvm() throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String classes = location(ModelCache.class) + File.pathSeparator + location(InstallFakeModel.class);
        return new ProcessBuilder(java, "-cp", classes, InstallFakeModel.class.getName(), cache().toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /** Where a class comes from; test classes are patched into the module, so the module's own place is not enough. */
    private static String location(Class<?> type) throws IOException {
        String file = "/" + type.getName().replace('.', '/') + ".class";
        String url = String.valueOf(type.getResource(file));
        String path = java.net
                .URI
                .create(url.substring(0, url.length() - file.length()))
                .getPath();
        return new File(path).toString();
    }

    private void assertIntact(Path folder) throws IOException {
        Map<String, byte[]> files = FakeModel.files();
        files.remove("manifest");
        try (Stream<Path> found = Files.list(folder)) {
            assertThat(found.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(files.keySet());
        }
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            assertThat(folder.resolve(file.getKey())).hasBinaryContent(file.getValue());
        }
        assertThat(parts()).isEmpty();
    }

    private List<Path> parts() throws IOException {
        try (Stream<Path> all = Files.walk(cache())) {
            return all.filter(file -> file.toString().endsWith(".part")).toList();
        }
    }
}
