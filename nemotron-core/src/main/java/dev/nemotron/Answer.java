package dev.nemotron;

/**
 * An answer as a Java value.
 *
 * @param <T> its type
 * @param value the value
 * @param result the answer that it was read from, with reasoning, usage and timings
 */
public record Answer<T>(T value, ChatResult result) {}
