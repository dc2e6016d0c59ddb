package dev.nemotron;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a model is.
 *
 * @param name the folder's name
 * @param architecture for example {@code nemotron_h}
 * @param blocks the kinds of the blocks, in order: {@code mamba}, {@code attention}, {@code mlp}, {@code moe}
 * @param draftBlocks the kinds of the draft head's blocks; empty where the checkpoint has none
 * @param parameters how many parameters it has, draft head included
 * @param hiddenSize D, the model's width
 * @param vocabularySize V
 * @param maxContextTokens the longest sequence that it was made for
 * @param endTokens the tokens that end an answer
 * @param tokenizer what kind of tokenizer there is, or null where the folder has none
 * @param chatTemplate where the chat template comes from, or null where the folder has none
 */
public record ModelInfo(
        String name,
        String architecture,
        List<String> blocks,
        List<String> draftBlocks,
        long parameters,
        int hiddenSize,
        int vocabularySize,
        int maxContextTokens,
        List<Integer> endTokens,
        @Nullable String tokenizer,
        @Nullable String chatTemplate) {

    /** Copies the lists. */
    public ModelInfo {
        blocks = List.copyOf(blocks);
        draftBlocks = List.copyOf(draftBlocks);
        endTokens = List.copyOf(endTokens);
    }
}
