package dev.nemotron.arch;

/**
 * What steps of a model cost, counted from its shapes and the sizes of its stored weights: with the pace of the memory and of
 * the arithmetic it gives the speed that cannot be exceeded.
 *
 * @param denseBytes the weights that every step reads
 * @param headBytes the output matrix, read by steps in which logits are wanted
 * @param embeddingRowBytes what is read of the embedding for each token
 * @param expertBytes all routed experts of all blocks
 * @param denseWeights how many numbers {@code denseBytes} are
 * @param headWeights how many numbers {@code headBytes} are
 * @param expertWeights how many numbers {@code expertBytes} are
 * @param experts the routed experts of a block, 1 where there are none
 * @param chosenExperts how many of them a token goes to
 * @param scanFlops the recurrence of all blocks, for each token
 * @param attentionFlops attention of all blocks, for each token and each token before it
 */
public record Work(
        long denseBytes,
        long headBytes,
        long embeddingRowBytes,
        long expertBytes,
        long denseWeights,
        long headWeights,
        long expertWeights,
        int experts,
        int chosenExperts,
        long scanFlops,
        long attentionFlops) {

    /**
     * The weights that a step reads, each once.
     *
     * @param rows how many tokens are in the step
     * @param wanted of how many of them the logits are wanted
     * @return bytes; where not all experts are chosen, as many as are expected when each choice is as likely as any other
     */
    public double weightBytes(int rows, int wanted) {
        double untouched = Math.pow(1 - (double) chosenExperts / experts, rows);
        return denseBytes
                + (wanted > 0 ? headBytes : 0)
                + (double) rows * embeddingRowBytes
                + expertBytes * (1 - untouched);
    }

    /**
     * The arithmetic of consecutive tokens of one sequence.
     *
     * @param tokens how many
     * @param context how many tokens came before them
     * @param wanted of how many of them the logits are wanted
     * @return additions and multiplications
     */
    public double flops(int tokens, int context, int wanted) {
        double weights = denseWeights + (double) expertWeights * chosenExperts / experts;
        double attended = context + (tokens + 1) / 2.0;
        return tokens * (2 * weights + scanFlops + attentionFlops * attended) + 2.0 * wanted * headWeights;
    }
}
