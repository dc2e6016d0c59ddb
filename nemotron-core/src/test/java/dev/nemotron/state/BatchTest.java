package dev.nemotron.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class BatchTest {

    private static final int[] IDS = {1, 2, 3, 4, 5};

    private final Batch batch = new Batch();

    private static SequenceState state() {
        return new SequenceState(List.of());
    }

    @Test
    void piecesOfLongPromptsAreTheLastRows() {
        assertThat(batch.add(state(), IDS, 0, 1, false)).isZero();
        assertThat(batch.addPiece(state(), IDS, 1, 3, false)).isEqualTo(1);
        assertThat(batch.answerRows()).isEqualTo(3);
        assertThat(batch.addPiece(state(), IDS, 0, 5, true)).isEqualTo(3);
        assertThat(batch.addPiece(state(), IDS, 3, 5, true)).isEqualTo(8);
        assertThat(batch.answerRows()).isEqualTo(3);
        assertThat(batch.rows()).isEqualTo(10);
        assertThat(batch.tokens()).startsWith(1, 2, 3, 1, 2, 3, 4, 5, 4, 5);
    }

    @Test
    void nothingElseMayComeAfterAPieceOfALongPrompt() {
        batch.addPiece(state(), IDS, 0, 5, true);
        assertThatThrownBy(() -> batch.add(state(), IDS, 0, 1, false))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("long prompts");
        assertThat(batch.rows()).isEqualTo(5);
    }

    @Test
    void anEmptiedBatchBeginsWithAnswersAgain() {
        batch.addPiece(state(), IDS, 0, 5, true);
        batch.clear();
        assertThat(batch.answerRows()).isZero();
        batch.add(state(), IDS, 0, 2, false);
        assertThat(batch.answerRows()).isEqualTo(batch.rows()).isEqualTo(2);
    }

    @Test
    void aPromptIsLongByAllItsTokensNotByItsPieces() {
        assertThat(Batch.isLong(127)).isFalse();
        assertThat(Batch.isLong(128)).isTrue();
    }
}
