package dev.nemotron.format.bf16;

import dev.nemotron.checkpoint.DType;
import dev.nemotron.checkpoint.ModuleTensors;
import dev.nemotron.format.Plain;
import dev.nemotron.format.bf16.vector.Bf16VectorDecoder;
import dev.nemotron.kernel.vector.Bf16Dots;
import dev.nemotron.spi.RowDecoder;
import dev.nemotron.spi.RowDots;
import dev.nemotron.spi.StoredMatrix;
import dev.nemotron.spi.WeightFormat;
import org.jspecify.annotations.Nullable;

/** The upper halves of IEEE singles, without scales. */
public final class Bf16Format implements WeightFormat {

    private static final RowDecoder SCALAR = new Bf16ScalarDecoder();

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
        static final RowDecoder DECODER = new Bf16VectorDecoder();
        static final RowDots DOTS = new Bf16Dots();
    }
}
