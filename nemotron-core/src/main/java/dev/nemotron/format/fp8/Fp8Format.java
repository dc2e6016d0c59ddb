package dev.nemotron.format.fp8;

import dev.nemotron.ModelFormatException;
import dev.nemotron.checkpoint.DType;
import dev.nemotron.checkpoint.ModuleTensors;
import dev.nemotron.checkpoint.Tensor;
import dev.nemotron.format.Companions;
import dev.nemotron.format.Scales;
import dev.nemotron.format.fp8.vector.Fp8Dots;
import dev.nemotron.format.fp8.vector.Fp8TableDecoder;
import dev.nemotron.format.fp8.vector.Fp8TableDots;
import dev.nemotron.format.fp8.vector.Fp8VectorDecoder;
import dev.nemotron.kernel.vector.Lanes;
import dev.nemotron.spi.RowDecoder;
import dev.nemotron.spi.RowDots;
import dev.nemotron.spi.StoredMatrix;
import dev.nemotron.spi.WeightFormat;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * E4M3 with one scale for the matrix or one for each output (quantisation specification 1.2): {@code weight} F8_E4M3
 * [out, in] and {@code weight_scale} of one element, [out] or [out, 1]. The scale of an output is the row's factor, so
 * decoded elements are exact.
 */
public final class Fp8Format implements WeightFormat {

    private static final RowDecoder SCALAR = new Fp8ScalarDecoder(0);

    private static final Set<String> OWN = Set.of("weight", "weight_scale");

    /** Creates the format. */
    public Fp8Format() {}

    @Override
    public String name() {
        return "FP8";
    }

    @Override
    public @Nullable StoredMatrix recognise(ModuleTensors tensors, int rows, int columns) {
        Tensor weight = tensors.find("weight");
        if (weight == null || weight.dtype() != DType.F8_E4M3 || tensors.find("weight_scale_inv") != null) {
            return null;
        }
        Tensor scale = tensors.require("weight_scale");
        if (!Fp8Block.isFloat(scale) || (scale.elementCount() != 1 && Fp8Block.isGrid(scale, rows, columns))) {
            return null;
        }
        Companions.checkQuantised(tensors, OWN);
        weight.expectShape(rows, columns);
        if (scale.elementCount() == 1) {
            return new StoredMatrix(
                    this, tensors.module(), rows, columns, weight.data(), MemorySegment.NULL, Scales.scalar(scale));
        }
        if (!isChannel(scale, rows)) {
            throw new ModelFormatException(scale.file() + ": tensor \"" + scale.name() + "\" has shape " + scale.shape()
                    + ", expected one element, [" + rows + "], [" + rows + ", 1] or "
                    + Fp8Block.grid(rows, columns));
        }
        return new StoredMatrix(this, tensors.module(), rows, columns, weight.data(), Scales.floats(scale), 1);
    }

    static boolean isChannel(Tensor scale, int rows) {
        return scale.shape().equals(List.of((long) rows)) || scale.shape().equals(List.of((long) rows, 1L));
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
    public @Nullable RowDots vectorDots() {
        return Simd.DOTS;
    }

    /** Linked when it is first used, which is after the vector module was found. */
    private static final class Simd {
        static final RowDecoder DECODER = Lanes.BYTE_TABLES ? new Fp8TableDecoder(0) : new Fp8VectorDecoder(0);
        static final @Nullable RowDots DOTS = dots();

        private static @Nullable RowDots dots() {
            if (Lanes.BYTE_TABLES) {
                return new Fp8TableDots();
            }
            return Lanes.COUNT >= Fp8Dots.FEWEST_LANES ? new Fp8Dots() : null;
        }
    }
}
