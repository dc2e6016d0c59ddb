package dev.nemotron;

/**
 * A piece of an answer that is being generated. Never ends inside a character.
 *
 * @param text the text, not empty
 * @param tokens how many tokens it took since the chunk before
 */
public record TextChunk(String text, int tokens) {}
