package dev.nemotron.format.f32;

import dev.nemotron.checkpoint.DType;
import dev.nemotron.checkpoint.ModuleTensors;
import dev.nemotron.format.Plain;
import dev.nemotron.spi.RowDecoder;
import dev.nemotron.spi.StoredMatrix;
import dev.nemotron.spi.WeightFormat;
import org.jspecify.annotations.Nullable;

/** IEEE singles, without scales. */
public final class F32Format implements WeightFormat {

    /** Creates the format. */
    public F32Format() {}

    @Override
    public String name() {
        return "F32";
    }

    @Override
    public @Nullable StoredMatrix recognise(ModuleTensors tensors, int rows, int columns) {
        return Plain.recognise(this, DType.F32, tensors, rows, columns);
    }

    @Override
    public RowDecoder scalarDecoder() {
        return new F32ScalarDecoder();
    }

    @Override
    public RowDecoder vectorDecoder() {
        return new F32ScalarDecoder();
    }
}
