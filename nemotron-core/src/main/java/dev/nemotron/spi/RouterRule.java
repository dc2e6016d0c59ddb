package dev.nemotron.spi;

/**
 * How experts are chosen (architecture specification 2.6): sigmoid scores, a bias that only selects, groups of which the
 * best are kept, the top k of what is left.
 *
 * @param experts E
 * @param chosen k
 * @param groups groups of experts; divides E
 * @param keptGroups groups that stay in the running
 * @param normalised whether the weights are divided by their sum
 * @param scale the factor of the weights
 */
public record RouterRule(int experts, int chosen, int groups, int keptGroups, boolean normalised, float scale) {}
