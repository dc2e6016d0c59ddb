package dev.nemotron.backend.cpu;

import dev.nemotron.spi.Matrix;
import dev.nemotron.spi.StoredMatrix;

/** A matrix that is computed on where it lies, in the mapped checkpoint. */
record CpuMatrix(StoredMatrix stored) implements Matrix {

    static StoredMatrix of(Matrix matrix) {
        return ((CpuMatrix) matrix).stored;
    }

    @Override
    public int rows() {
        return stored.rows();
    }

    @Override
    public int columns() {
        return stored.columns();
    }
}
