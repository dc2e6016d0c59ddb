package dev.nemotron.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nemotron.ModelFormatException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChatTargetTest {

    private static final String MODEL = CommandRun.checkpoint("latent-mtp");

    @Test
    void aFolderIsTheModelAndAnythingElseTheMessage() {
        assertThat(ChatTarget.of(List.of())).isEqualTo(new ChatTarget(null, null));
        assertThat(ChatTarget.of(List.of(MODEL))).isEqualTo(new ChatTarget(Path.of(MODEL), null));
        assertThat(ChatTarget.of(List.of("What is 27 + 48?"))).isEqualTo(new ChatTarget(null, "What is 27 + 48?"));
        assertThat(ChatTarget.of(List.of(MODEL, "Hi"))).isEqualTo(new ChatTarget(Path.of(MODEL), "Hi"));
    }

    @Test
    void aPathThatDoesNotExistIsNotAMessage() {
        assertThatThrownBy(() -> ChatTarget.of(List.of("./absent"))).isInstanceOf(ModelFormatException.class);
        assertThatThrownBy(() -> ChatTarget.of(List.of("absent", "Hi"))).isInstanceOf(ModelFormatException.class);
    }

    @Test
    void besideARequestThereIsRoomForAFolderAlone() {
        assertThat(ChatTarget.besideRequest(List.of())).isEqualTo(new ChatTarget(null, null));
        assertThat(ChatTarget.besideRequest(List.of(MODEL))).isEqualTo(new ChatTarget(Path.of(MODEL), null));
        assertThatThrownBy(() -> ChatTarget.besideRequest(List.of("Hi"))).isInstanceOf(ModelFormatException.class);
        assertThatIllegalArgumentException().isThrownBy(() -> ChatTarget.besideRequest(List.of(MODEL, "Hi")));
    }
}
