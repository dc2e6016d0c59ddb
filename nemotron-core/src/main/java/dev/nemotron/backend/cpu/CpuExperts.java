package dev.nemotron.backend.cpu;

import dev.nemotron.spi.ExpertBank;
import dev.nemotron.spi.StoredMatrix;
import java.util.List;

/** The experts of one layer, in the mapped checkpoint; all of one shape. */
record CpuExperts(List<StoredMatrix> up, List<StoredMatrix> down) implements ExpertBank {

    int count() {
        return up.size();
    }

    /** F. */
    int hiddenWidth() {
        return up.getFirst().rows();
    }

    /** The width that the experts read and write. */
    int width() {
        return up.getFirst().columns();
    }
}
