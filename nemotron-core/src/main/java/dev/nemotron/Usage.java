package dev.nemotron;

/**
 * The tokens of a generation.
 *
 * @param promptTokens tokens that went in
 * @param generatedTokens tokens that came out, a final end token included
 */
public record Usage(int promptTokens, int generatedTokens) {

    /**
     * All tokens.
     *
     * @return both together
     */
    public int totalTokens() {
        return promptTokens + generatedTokens;
    }
}
