package dev.nemotron.format;

import dev.nemotron.ModelFormatException;
import dev.nemotron.UnsupportedModelException;
import dev.nemotron.checkpoint.ModuleTensors;
import dev.nemotron.format.bf16.Bf16Format;
import dev.nemotron.format.f16.F16Format;
import dev.nemotron.format.f32.F32Format;
import dev.nemotron.format.fp8.Fp8BlockFormat;
import dev.nemotron.format.fp8.Fp8Format;
import dev.nemotron.format.nvfp4.Nvfp4Format;
import dev.nemotron.format.nvfp4.Nvfp4PanelFormat;
import dev.nemotron.spi.StoredMatrix;
import dev.nemotron.spi.WeightFormat;
import java.util.List;
import java.util.stream.Collectors;

/** The weight formats that are read; a new one is a line here. */
public final class WeightFormats {

    private static final List<WeightFormat> ALL = List.of(
            new Bf16Format(),
            new F16Format(),
            new F32Format(),
            new Fp8Format(),
            new Fp8BlockFormat(),
            Nvfp4PanelFormat.instance(),
            new Nvfp4Format());

    private WeightFormats() {}

    /**
     * Lists the formats.
     *
     * @return all of them, in the order in which they are asked
     */
    public static List<WeightFormat> all() {
        return ALL;
    }

    /**
     * Finds how the weights of a linear layer are stored and makes them readable, without copying them.
     *
     * @param tensors the tensors of the layer
     * @param rows the outputs that the architecture expects
     * @param columns the inputs that the architecture expects
     * @return the matrix
     * @throws ModelFormatException if the layer has no weight, or one that cannot be used
     * @throws UnsupportedModelException if the weight is in a format that is not read; the message names it and those that
     *     are
     */
    public static StoredMatrix recognise(ModuleTensors tensors, int rows, int columns) {
        for (WeightFormat format : ALL) {
            StoredMatrix matrix = format.recognise(tensors, rows, columns);
            if (matrix != null) {
                return matrix;
            }
        }
        if (tensors.tensors().keySet().stream().noneMatch(suffix -> suffix.contains("weight"))) {
            throw new ModelFormatException(
                    "tensor \"" + tensors.module() + ".weight\" is missing, found " + tensors.describe());
        }
        throw new UnsupportedModelException("module \"" + tensors.module() + "\": weights in the format "
                + ForeignFormat.name(tensors) + " are not supported, found " + tensors.describe() + "; supported are "
                + ALL.stream().map(WeightFormat::name).distinct().collect(Collectors.joining(", ")));
    }
}
