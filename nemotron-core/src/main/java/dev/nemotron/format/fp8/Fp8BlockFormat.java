package dev.nemotron.format.fp8;

import dev.nemotron.ModelFormatException;
import dev.nemotron.checkpoint.DType;
import dev.nemotron.checkpoint.ModuleTensors;
import dev.nemotron.checkpoint.Tensor;
import dev.nemotron.format.Companions;
import dev.nemotron.format.Scales;
import dev.nemotron.format.fp8.vector.Fp8TableDecoder;
import dev.nemotron.format.fp8.vector.Fp8VectorDecoder;
import dev.nemotron.kernel.vector.Lanes;
import dev.nemotron.spi.RowDecoder;
import dev.nemotron.spi.StoredMatrix;
import dev.nemotron.spi.WeightFormat;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * E4M3 with a scale for each block of 128 by 128 (quantisation specification 1.2): {@code weight} F8_E4M3 [out, in] and
 * {@code weight_scale}, or {@code weight_scale_inv}, which is multiplied all the same, [out / 128, in / 128] rounded up. A
 * decoded element is the product, rounded once.
 */
public final class Fp8BlockFormat implements WeightFormat {

    private static final RowDecoder SCALAR = new Fp8ScalarDecoder(Fp8Block.SIZE);

    /** Creates the format. */
    public Fp8BlockFormat() {}

    @Override
    public String name() {
        return "FP8-BLOCK";
    }

    @Override
    public @Nullable StoredMatrix recognise(ModuleTensors tensors, int rows, int columns) {
        Tensor weight = tensors.find("weight");
        if (weight == null || weight.dtype() != DType.F8_E4M3) {
            return null;
        }
        String suffix = tensors.find("weight_scale_inv") != null ? "weight_scale_inv" : "weight_scale";
        Tensor scale = tensors.require(suffix);
        if (!Fp8Block.isFloat(scale)) {
            return null;
        }
        Companions.checkQuantised(tensors, Set.of("weight", suffix));
        weight.expectShape(rows, columns);
        if (!Fp8Block.isGrid(scale, rows, columns)) {
            throw new ModelFormatException(scale.file() + ": tensor \"" + scale.name() + "\" has shape " + scale.shape()
                    + ", expected " + Fp8Block.grid(rows, columns));
        }
        return new StoredMatrix(this, tensors.module(), rows, columns, weight.data(), Scales.floats(scale), 1);
    }

    @Override
    public RowDecoder scalarDecoder() {
        return SCALAR;
    }

    @Override
    public RowDecoder vectorDecoder() {
        return Simd.DECODER;
    }

    /** Linked when it is first used, which is after the vector module was found. */
    private static final class Simd {
        static final RowDecoder DECODER =
                Lanes.BYTE_TABLES ? new Fp8TableDecoder(Fp8Block.SIZE) : new Fp8VectorDecoder(Fp8Block.SIZE);
    }
}
