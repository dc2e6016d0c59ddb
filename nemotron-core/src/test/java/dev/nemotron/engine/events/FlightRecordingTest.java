package dev.nemotron.engine.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nemotron.GenerationRequest;
import dev.nemotron.Model;
import dev.nemotron.ModelOptions;
import dev.nemotron.TestData;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlightRecordingTest {

    @TempDir
    Path folder;

    @Test
    void aRecordingShowsLoadPrefillChunksAndSteps() throws IOException {
        Path checkpoint = TestData.folder("checkpoints/moe");
        ModelOptions options =
                ModelOptions.builder().prefillTokens(16).threads(1).build();
        List<RecordedEvent> events = record(() -> {
            try (Model model = Model.load(checkpoint, options)) {
                model.generate(
                        GenerationRequest.tokens(IntStream.range(3, 23).boxed().toList())
                                .maxTokens(5)
                                .ignoreEndTokens(true)
                                .build());
            }
        });

        RecordedEvent load = named(events, "Load").getFirst();
        assertThat(load.getString("folder")).endsWith("moe");
        assertThat(load.getLong("weightBytes")).isPositive();
        assertThat(load.getString("backend")).contains("1 thread");
        assertThat(load.getDuration()).isPositive();
        assertThat(named(events, "PrefillChunk"))
                .extracting(event -> event.getInt("tokens"))
                .containsExactly(16, 4);
        assertThat(named(events, "Step"))
                .extracting(event -> event.getInt("rows"))
                .containsExactly(16, 4, 1, 1, 1, 1);
        assertThat(named(events, "Step")).allSatisfy(event -> {
            assertThat(event.getInt("sequences")).isEqualTo(1);
            assertThat(event.getDuration()).isPositive();
        });
    }

    @Test
    void aCliffIsRecordedWithItsCure() throws IOException {
        List<RecordedEvent> events = record(() -> Cliffs.report("it's {slow}", "Do this."));

        RecordedEvent cliff = named(events, "PerformanceCliff").getFirst();
        assertThat(cliff.getString("reason")).isEqualTo("it's {slow}");
        assertThat(cliff.getString("cure")).isEqualTo("Do this.");
    }

    private List<RecordedEvent> record(Runnable work) throws IOException {
        Path file = folder.resolve("recording.jfr");
        try (Recording recording = new Recording()) {
            recording.start();
            work.run();
            recording.stop();
            recording.dump(file);
        }
        return RecordingFile.readAllEvents(file);
    }

    private static List<RecordedEvent> named(List<RecordedEvent> events, String name) {
        return events.stream()
                .filter(event -> event.getEventType().getName().equals("dev.nemotron." + name))
                .sorted(java.util.Comparator.comparing(RecordedEvent::getStartTime))
                .toList();
    }
}
