package dev.nemotron.format.nvfp4;

import dev.nemotron.ModelFormatException;
import dev.nemotron.checkpoint.DType;
import dev.nemotron.checkpoint.ModuleTensors;
import dev.nemotron.checkpoint.Tensor;
import dev.nemotron.format.Companions;
import dev.nemotron.format.Scales;
import dev.nemotron.format.nvfp4.vector.Nvfp4VectorDecoder;
import dev.nemotron.format.nvfp4.vector.PanelProduct;
import dev.nemotron.kernel.vector.Lanes;
import dev.nemotron.spi.MatrixProduct;
import dev.nemotron.spi.RowDecoder;
import dev.nemotron.spi.StoredMatrix;
import dev.nemotron.spi.WeightFormat;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * E2M1 in blocks of 16 along the inputs, an E4M3 scale for each block, one FP32 factor for the matrix. Two layouts of the
 * same numbers (quantisation specification 1.2 and 1.9): ModelOpt's {@code weight} U8 [out, in / 2], the lower half of a
 * byte first, {@code weight_scale} F8_E4M3 [out, in / 16] and {@code weight_scale_2}; and that of compressed-tensors,
 * {@code weight_packed}, {@code weight_scale} and {@code weight_global_scale}, which is the factor's reciprocal. Decoded
 * elements, code times block scale, are exact.
 */
public final class Nvfp4Format implements WeightFormat {

    static final String NAME = "NVFP4";

    private static final Set<String> PARTS =
            Set.of("weight", "weight_packed", "weight_scale", "weight_scale_2", "weight_global_scale");

    private static final RowDecoder SCALAR = new Nvfp4ScalarDecoder();

    /** The elements that share a scale. */
    static final int BLOCK = 16;

    /** Creates the format. */
    public Nvfp4Format() {}

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public @Nullable StoredMatrix recognise(ModuleTensors tensors, int rows, int columns) {
        Tensor weight = codes(tensors);
        if (weight == null) {
            return null;
        }
        Tensor scale = tensors.require("weight_scale");
        requireWholeBlocks(weight, columns);
        weight.expectShape(rows, columns / 2);
        scale.expectShape(rows, columns / BLOCK);
        String factorName = tensors.find("weight_scale_2") != null ? "weight_scale_2" : "weight_global_scale";
        Tensor factor = tensors.find(factorName);
        if (factor == null) {
            throw new ModelFormatException(weight.file() + ": module \"" + tensors.module()
                    + "\" is NVFP4 without \"weight_scale_2\" or \"weight_global_scale\", found " + tensors.describe());
        }
        Companions.checkQuantised(tensors, Set.of(codesName(tensors), "weight_scale", factorName));
        float value = Scales.scalar(factor);
        return new StoredMatrix(
                this,
                tensors.module(),
                rows,
                columns,
                weight.data(),
                Scales.e4m3(scale),
                factorName.equals("weight_scale_2") ? value : reciprocal(value, factor));
    }

    /**
     * Finds the codes of a module in this format; nothing is read.
     *
     * @param tensors the tensors of the module
     * @return the codes, or null where the module is in another format
     */
    public static @Nullable Tensor codes(ModuleTensors tensors) {
        Tensor codes = tensors.find(codesName(tensors));
        Tensor scale = tensors.find("weight_scale");
        boolean ours = codes != null && codes.dtype() == DType.U8 && scale != null && scale.dtype() == DType.F8_E4M3;
        return ours ? codes : null;
    }

    private static String codesName(ModuleTensors tensors) {
        return tensors.find("weight_packed") != null ? "weight_packed" : "weight";
    }

    /**
     * Tells the tensors that a matrix of this format is made of.
     *
     * @param suffix the last part of a tensor's name
     * @return whether it holds codes, scales or the factor
     */
    public static boolean isPart(String suffix) {
        return PARTS.contains(suffix);
    }

    static void requireWholeBlocks(Tensor weight, int columns) {
        if (columns % BLOCK != 0) {
            throw new ModelFormatException(weight.file() + ": tensor \"" + weight.name() + "\" is NVFP4 with " + columns
                    + " inputs, expected a multiple of " + BLOCK);
        }
    }

    private static float reciprocal(float value, Tensor tensor) {
        float factor = 1 / value;
        if (factor == 0 || factor == Float.POSITIVE_INFINITY) {
            throw new ModelFormatException(tensor.file() + ": tensor \"" + tensor.name() + "\" is " + value
                    + ", which has no reciprocal in FP32");
        }
        return factor;
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
    public @Nullable MatrixProduct vectorProduct() {
        return Simd.PRODUCT;
    }

    /** Linked when it is first used, which is after the vector module was found. */
    private static final class Simd {
        static final RowDecoder DECODER = new Nvfp4VectorDecoder();
        static final @Nullable MatrixProduct PRODUCT =
                Lanes.COUNT == PanelProduct.LANES ? new PanelProduct(false) : null;
    }
}
