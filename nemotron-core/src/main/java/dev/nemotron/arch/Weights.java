package dev.nemotron.arch;

import dev.nemotron.checkpoint.Checkpoint;
import dev.nemotron.checkpoint.ModuleTensors;
import dev.nemotron.checkpoint.Tensor;
import dev.nemotron.format.WeightFormats;
import dev.nemotron.layer.Linear;
import dev.nemotron.layer.RmsNorm;
import dev.nemotron.spi.Backend;
import dev.nemotron.spi.Buffer;
import dev.nemotron.spi.Matrix;
import dev.nemotron.spi.StoredMatrix;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The weights below one path of a checkpoint. Architectures descend by name and ask for each weight where they use it, with
 * the shape that it must have, so that a wrong file is refused with the tensor's name.
 *
 * @param checkpoint the model folder
 * @param backend makes the weights ready
 * @param formats the name of the format that each matrix turned out to have, by module; filled on the way
 * @param path the path so far, empty or ending in a dot
 */
record Weights(Checkpoint checkpoint, Backend backend, Map<String, String> formats, String path) {

    /** Begins at the root of a checkpoint. */
    static Weights of(Checkpoint checkpoint, Backend backend) {
        return new Weights(checkpoint, backend, new LinkedHashMap<>(), "");
    }

    /** Descends by one or more names. */
    Weights at(Object... names) {
        StringBuilder longer = new StringBuilder(path);
        for (Object name : names) {
            longer.append(name).append('.');
        }
        return new Weights(checkpoint, backend, formats, longer.toString());
    }

    /** Tells whether there is any tensor of a module. */
    boolean has(String module) {
        return checkpoint.hasModule(path + module);
    }

    /** Tells whether there is a tensor. */
    boolean hasTensor(String name) {
        return checkpoint.find(path + name) != null;
    }

    /** A matrix of any registered format, [rows, columns]. */
    Matrix matrix(String module, int rows, int columns) {
        return matrix(checkpoint.module(path + module), rows, columns);
    }

    /** One matrix of a tensor that fuses several along its leading dimension. */
    Matrix fusedMatrix(String tensor, int index, int count, int rows, int columns) {
        Tensor fused = checkpoint.require(path + tensor).expectShape(count, rows, columns);
        TreeMap<String, Tensor> single = new TreeMap<>();
        single.put("weight", fused.slice(index));
        return matrix(new ModuleTensors(path + tensor + "[" + index + "]", single), rows, columns);
    }

    private Matrix matrix(ModuleTensors tensors, int rows, int columns) {
        StoredMatrix stored = WeightFormats.recognise(tensors, rows, columns);
        formats.put(tensors.module(), stored.format().name());
        return backend.matrix(stored);
    }

    /** A linear layer, with a bias exactly where the checkpoint has one. */
    Linear linear(String module, int outputs, int inputs) {
        Tensor bias = checkpoint.find(path + module + ".bias");
        return new Linear(
                matrix(module, outputs, inputs),
                bias == null
                        ? null
                        : backend.parameter(bias.expectShape(outputs).floats()));
    }

    RmsNorm norm(String module, int width, float epsilon) {
        return new RmsNorm(vector(module + ".weight", width), epsilon);
    }

    /** A small parameter as FP32. */
    Buffer vector(String tensor, int width) {
        return backend.parameter(values(tensor, width));
    }

    /** The values of a small parameter. */
    float[] values(String tensor, int width) {
        return checkpoint.require(path + tensor).expectShape(width).floats();
    }

    /** The values of a small parameter that may be absent. */
    float @Nullable [] optionalValues(String tensor, int width) {
        Tensor found = checkpoint.find(path + tensor);
        return found == null ? null : found.expectShape(width).floats();
    }

    /**
     * The taps of a depthwise convolution, stored [channels, taps] with a dimension of size one anywhere, as [taps][channels].
     */
    Buffer convolution(String tensor, int channels, int taps) {
        Tensor stored = checkpoint.require(path + tensor).expectShape(channels, taps);
        float[] byChannel = stored.floats();
        float[] byTap = new float[byChannel.length];
        for (int c = 0; c < channels; c++) {
            for (int j = 0; j < taps; j++) {
                byTap[j * channels + c] = byChannel[c * taps + j];
            }
        }
        return backend.parameter(byTap);
    }
}
