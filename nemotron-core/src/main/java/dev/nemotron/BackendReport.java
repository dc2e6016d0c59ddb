package dev.nemotron;

/**
 * Where a model computes, and why there.
 *
 * @param name {@code vector} or {@code scalar}
 * @param widthBits the SIMD width, 32 for plain code
 * @param threads the threads that compute
 * @param degraded whether a much faster backend exists that could not be chosen
 * @param reason why this one, or what keeps the better one away and the cure
 */
public record BackendReport(String name, int widthBits, int threads, boolean degraded, String reason) {

    /**
     * One line for a log.
     *
     * @return for example {@code vector, 512 bits, 2 threads}
     */
    @Override
    public String toString() {
        return name + ", " + widthBits + " bits, " + threads + (threads == 1 ? " thread" : " threads")
                + (reason.isEmpty() ? "" : " (" + reason + ")");
    }
}
