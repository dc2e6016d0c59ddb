package dev.nemotron.spi;

/**
 * The sizes of an attention layer.
 *
 * @param queryHeads H
 * @param kvHeads K, divides H
 * @param headWidth P
 */
public record AttentionShape(int queryHeads, int kvHeads, int headWidth) {}
