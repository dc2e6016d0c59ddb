package dev.nemotron.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HistoryFileTest {

    @Test
    void itLiesInTheUsersFolderForState() {
        Path home = Path.of("home").toAbsolutePath();
        Path state = Path.of("state").toAbsolutePath();
        assertThat(HistoryFile.in(Map.of(), home.toString()))
                .isEqualTo(home.resolve(".local/state/nemotron/chat-history"));
        assertThat(HistoryFile.in(Map.of("XDG_STATE_HOME", state.toString()), home.toString()))
                .isEqualTo(state.resolve("nemotron/chat-history"));
    }

    @Test
    void aRelativeFolderForStateIsIgnored() {
        assertThat(HistoryFile.in(Map.of("XDG_STATE_HOME", "state"), "home"))
                .isEqualTo(Path.of("home/.local/state/nemotron/chat-history"));
    }
}
