package dev.nemotron.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nemotron.BackendChoice;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class BackendOptionTest {

    @Test
    void theFastestBackendComputesWhereNothingIsSaid() {
        assertThat(parsed().toOptions().backend()).isEqualTo(BackendChoice.AUTO);
    }

    @Test
    void aCommandMayPreferAnotherBackendUntilTheOptionSaysOtherwise() {
        assertThat(parsed().toOptions(BackendChoice.SCALAR).backend()).isEqualTo(BackendChoice.SCALAR);
        assertThat(parsed("--backend", "AUTO").toOptions(BackendChoice.SCALAR).backend())
                .isEqualTo(BackendChoice.AUTO);
        assertThat(parsed("--backend", "VECTOR").toOptions().backend()).isEqualTo(BackendChoice.VECTOR);
    }

    private static ModelOptionsMixin parsed(String... arguments) {
        return CommandLine.populateCommand(new ModelOptionsMixin(), arguments);
    }
}
