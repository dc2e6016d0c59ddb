package dev.nemotron.format.bf16;

import dev.nemotron.checkpoint.DType;
import dev.nemotron.checkpoint.ModuleTensors;
import dev.nemotron.format.Plain;
import dev.nemotron.format.bf16.vector.Bf16VectorDecoder;
import dev.nemotron.spi.RowDecoder;
import dev.nemotron.spi.StoredMatrix;
import dev.nemotron.spi.WeightFormat;
import org.jspecify.annotations.Nullable;

/** The upper halves of IEEE singles, without scales. */
public final class Bf16Format implements WeightFormat {

    /** Creates the format. */
    public Bf16Format() {}

    @Override
    public String name() {
        return "BF16";
    }

    @Override
    public @Nullable StoredMatrix recognise(ModuleTensors tensors, int rows, int columns) {
        return Plain.recognise(this, DType.BF16, tensors, rows, columns);
    }

    @Override
    public RowDecoder scalarDecoder() {
        return new Bf16ScalarDecoder();
    }

    @Override
    public RowDecoder vectorDecoder() {
        return new Bf16VectorDecoder();
    }
}
