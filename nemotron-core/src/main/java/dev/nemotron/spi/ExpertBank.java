package dev.nemotron.spi;

/** The routed experts of one layer that a backend has made ready for use; opaque to the layers. */
public interface ExpertBank {}
