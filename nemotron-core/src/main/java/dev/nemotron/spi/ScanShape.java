package dev.nemotron.spi;

/**
 * The sizes of a Mamba-2 mixer.
 *
 * @param heads H, the heads
 * @param headWidth P
 * @param groups G, the groups that share B and C
 * @param stateSize N
 * @param convWidth the taps of the convolution, 4 in all published models
 */
public record ScanShape(int heads, int headWidth, int groups, int stateSize, int convWidth) {

    /**
     * The width of the mixer.
     *
     * @return H·P
     */
    public int innerWidth() {
        return heads * headWidth;
    }

    /**
     * The channels of the convolution: x [H·P], then B [G·N], then C [G·N].
     *
     * @return H·P + 2·G·N
     */
    public int convChannels() {
        return innerWidth() + 2 * groups * stateSize;
    }

    /**
     * The rows of the input projection: the gate z [H·P], the channels of the convolution, one time step a head.
     *
     * @return 2·H·P + 2·G·N + H
     */
    public int projectedWidth() {
        return innerWidth() + convChannels() + heads;
    }
}
