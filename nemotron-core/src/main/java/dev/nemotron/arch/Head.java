package dev.nemotron.arch;

import dev.nemotron.layer.RmsNorm;
import dev.nemotron.layer.Workspace;
import dev.nemotron.layer.Workspace.Slot;
import dev.nemotron.spi.Backend;
import dev.nemotron.spi.Buffer;
import dev.nemotron.spi.Matrix;
import dev.nemotron.state.Batch;

/**
 * The end of a step: the last norm and the output matrix, for the wanted rows only. Trunk and draft head share one, so what
 * it returns is valid until either computes again.
 */
final class Head {

    private final Matrix output;
    private final Workspace workspace;
    private final Backend backend;
    private Buffer hidden;
    private Buffer logits;
    private int[] indices = new int[0];

    /**
     * Creates the end of a model.
     *
     * @param output [V, D]
     * @param workspace memory for what lies between
     */
    Head(Matrix output, Workspace workspace) {
        this.output = output;
        this.workspace = workspace;
        this.backend = workspace.backend();
        this.hidden = backend.allocate(output.columns());
        this.logits = backend.allocate(output.rows());
    }

    /** Gathers the wanted rows of the stream, [T][D], and norms them. */
    void select(Batch batch, Buffer stream, RmsNorm norm) {
        int rows = batch.wantedCount();
        if (rows == 0) {
            return;
        }
        long floats = (long) rows * output.columns();
        Buffer wanted = workspace.take(Slot.WANTED, floats);
        backend.gather(stream, output.columns(), batch.wanted(), rows, wanted);
        if (hidden.floats() < floats) {
            hidden = backend.allocate(floats);
        }
        norm.forward(backend, wanted, rows, hidden);
    }

    /** [wanted][D]. */
    Buffer hidden() {
        return hidden;
    }

    /** Computes [count][V] for some of the wanted rows. */
    Buffer logits(int first, int count) {
        Buffer chosen = hidden;
        if (first > 0) {
            if (indices.length < count) {
                indices = new int[count];
            }
            for (int i = 0; i < count; i++) {
                indices[i] = first + i;
            }
            chosen = workspace.take(Slot.WANTED, (long) count * output.columns());
            backend.gather(hidden, output.columns(), indices, count, chosen);
        }
        long floats = (long) count * output.rows();
        if (logits.floats() < floats) {
            logits = backend.allocate(floats);
        }
        backend.linear(output, chosen, count, logits);
        return logits;
    }
}
