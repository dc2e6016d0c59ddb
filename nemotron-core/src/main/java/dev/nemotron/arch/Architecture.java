package dev.nemotron.arch;

import dev.nemotron.checkpoint.Checkpoint;
import dev.nemotron.json.JsonObject;
import dev.nemotron.spi.Backend;
import java.util.List;

/** A family of models: a file or package of its own and one line in {@link Architectures}. */
public interface Architecture {

    /**
     * Names the architecture as {@code config.json} does.
     *
     * @return the {@code model_type}
     */
    String modelType();

    /**
     * Tells whether a configuration is of this architecture.
     *
     * @param config the content of {@code config.json}
     * @return whether {@link #describe} and {@link #load} understand it
     */
    boolean matches(JsonObject config);

    /**
     * Reads what the configuration says, without the weights.
     *
     * @param config the content of {@code config.json}
     * @return the facts
     * @throws dev.nemotron.ModelFormatException if the configuration is incomplete or contradicts itself
     */
    Description describe(JsonObject config);

    /**
     * Makes a model ready.
     *
     * @param checkpoint its folder; stays open as long as the model is used
     * @param backend where it computes
     * @return the model
     * @throws dev.nemotron.ModelFormatException if a tensor is missing or has another shape than the configuration says
     */
    CausalModel load(Checkpoint checkpoint, Backend backend);

    /**
     * Counts what the steps of a model cost.
     *
     * @param checkpoint its folder
     * @return the cost
     * @throws dev.nemotron.ModelFormatException if the configuration is incomplete or there are no weights
     */
    Work work(Checkpoint checkpoint);

    /**
     * What a configuration says.
     *
     * @param blocks the kinds of the trunk's blocks, in order
     * @param draftBlocks the kinds of the draft head's blocks
     * @param parameters how many parameters there are, draft head included
     * @param draftParameters how many of them are the draft head's
     * @param hiddenSize D
     * @param vocabularySize V
     * @param maxContextTokens the longest sequence that the model was made for
     * @param stateBytes what each sequence holds whatever its length, in bytes
     * @param kvElementsPerToken how many elements of keys and values each token adds
     * @param scratchFloatsPerRow the memory between operations for each row of a step, in floats
     */
    record Description(
            List<String> blocks,
            List<String> draftBlocks,
            long parameters,
            long draftParameters,
            int hiddenSize,
            int vocabularySize,
            int maxContextTokens,
            long stateBytes,
            long kvElementsPerToken,
            long scratchFloatsPerRow) {

        /** Copies the lists. */
        public Description {
            blocks = List.copyOf(blocks);
            draftBlocks = List.copyOf(draftBlocks);
        }
    }
}
