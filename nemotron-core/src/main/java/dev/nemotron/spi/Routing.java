package dev.nemotron.spi;

/** The experts chosen for the rows of a step, with their weights; lives where the backend computes. */
public interface Routing {}
