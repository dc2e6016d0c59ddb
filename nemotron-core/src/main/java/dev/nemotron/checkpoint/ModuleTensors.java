package dev.nemotron.checkpoint;

import dev.nemotron.ModelFormatException;
import java.util.SortedMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The tensors of one module of a checkpoint: for the module {@code backbone.layers.1.mixer.up_proj} its {@code weight},
 * {@code weight_scale} and so on.
 *
 * @param module the module's name, for messages
 * @param tensors the tensors by the last part of their names
 */
public record ModuleTensors(String module, SortedMap<String, Tensor> tensors) {

    /**
     * Finds a tensor.
     *
     * @param suffix the last part of its name
     * @return the tensor, or null where there is none
     */
    public @Nullable Tensor find(String suffix) {
        return tensors.get(suffix);
    }

    /**
     * Finds a tensor that must be there.
     *
     * @param suffix the last part of its name
     * @return the tensor
     * @throws ModelFormatException if there is none
     */
    public Tensor require(String suffix) {
        Tensor tensor = tensors.get(suffix);
        if (tensor == null) {
            throw new ModelFormatException("tensor \"" + module + "." + suffix + "\" is missing, found " + describe());
        }
        return tensor;
    }

    /**
     * Lists what is there, for messages.
     *
     * @return for example {@code weight U8 [64, 32], weight_scale F8_E4M3 [64, 4]}
     */
    public String describe() {
        return tensors.isEmpty()
                ? "no tensor of that module"
                : tensors.entrySet().stream()
                        .map(e -> e.getKey() + " " + e.getValue().dtype() + " "
                                + e.getValue().shape())
                        .collect(Collectors.joining(", "));
    }
}
