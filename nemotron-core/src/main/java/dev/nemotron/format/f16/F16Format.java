package dev.nemotron.format.f16;

import dev.nemotron.checkpoint.DType;
import dev.nemotron.checkpoint.ModuleTensors;
import dev.nemotron.format.Plain;
import dev.nemotron.format.f16.vector.F16Dots;
import dev.nemotron.format.f16.vector.F16VectorDecoder;
import dev.nemotron.spi.RowDecoder;
import dev.nemotron.spi.RowDots;
import dev.nemotron.spi.StoredMatrix;
import dev.nemotron.spi.WeightFormat;
import org.jspecify.annotations.Nullable;

/** IEEE halves, without scales. */
public final class F16Format implements WeightFormat {

    private static final RowDecoder SCALAR = new F16ScalarDecoder();

    /** Creates the format. */
    public F16Format() {}

    @Override
    public String name() {
        return "F16";
    }

    @Override
    public @Nullable StoredMatrix recognise(ModuleTensors tensors, int rows, int columns) {
        return Plain.recognise(this, DType.F16, tensors, rows, columns);
    }

    @Override
    public RowDecoder scalarDecoder() {
        return SCALAR;
    }

    @Override
    public RowDecoder vectorDecoder() {
        return Simd.DECODER;
    }

    @Override
    public RowDots vectorDots() {
        return Simd.DOTS;
    }

    /** Linked when it is first used, which is after the vector module was found. */
    private static final class Simd {
        static final RowDecoder DECODER = new F16VectorDecoder();
        static final RowDots DOTS = new F16Dots();
    }
}
