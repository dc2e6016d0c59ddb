package dev.nemotron;

/**
 * The tokens of a generation.
 *
 * @param promptTokens tokens that went in
 * @param cachedTokens those of them that did not have to be computed again, since an earlier turn had left its state
 * @param generatedTokens tokens that came out, a final end token included
 * @param reasoningTokens those of them that were spent on reasoning, its marks included
 */
public record Usage(int promptTokens, int cachedTokens, int generatedTokens, int reasoningTokens) {

    /**
     * All tokens.
     *
     * @return prompt and answer together
     */
    public int totalTokens() {
        return promptTokens + generatedTokens;
    }
}
