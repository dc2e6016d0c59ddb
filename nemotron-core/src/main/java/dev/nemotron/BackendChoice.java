package dev.nemotron;

/** Which backend is wanted. */
public enum BackendChoice {
    /** The fastest that runs here. */
    AUTO,
    /** SIMD kernels; loading fails where they cannot run. */
    VECTOR,
    /** Plain kernels, the reference: an order of magnitude slower. */
    SCALAR
}
