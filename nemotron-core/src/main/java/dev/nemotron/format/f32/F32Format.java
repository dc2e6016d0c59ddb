package dev.nemotron.format.f32;

import dev.nemotron.checkpoint.DType;
import dev.nemotron.checkpoint.ModuleTensors;
import dev.nemotron.format.Plain;
import dev.nemotron.kernel.vector.F32Dots;
import dev.nemotron.spi.RowDecoder;
import dev.nemotron.spi.RowDots;
import dev.nemotron.spi.StoredMatrix;
import dev.nemotron.spi.WeightFormat;
import org.jspecify.annotations.Nullable;

/** IEEE singles, without scales. */
public final class F32Format implements WeightFormat {

    private static final RowDecoder DECODER = new F32ScalarDecoder();

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
        return DECODER;
    }

    @Override
    public RowDecoder vectorDecoder() {
        return DECODER;
    }

    @Override
    public RowDots vectorDots() {
        return Simd.DOTS;
    }

    /** Linked when it is first used, which is after the vector module was found. */
    private static final class Simd {
        static final RowDots DOTS = new F32Dots();
    }
}
