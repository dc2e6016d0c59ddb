package dev.nemotron.bench.synth;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.WritableByteChannel;
import java.util.random.RandomGenerator;

/**
 * A block of random elements, made once, from which tensors are filled in pieces that begin anywhere: as fast as memory is
 * copied, and no two rows of a matrix begin alike.
 */
final class Pool {

    private static final int SIZE = 1 << 20;
    private static final int PIECE = 256 << 10;
    private static final int STEP = 16;

    /** The block scales of NVFP4 are drawn from these E4M3 codes, 80 to 352, which leave room on both sides. */
    private static final int LEAST_SCALE = 0x6a;

    private static final int MOST_SCALE = 0x7b;

    /** The standard deviation of FP8 codes; the largest of a few million is then just below the largest code. */
    private static final double FP8_DEVIATION = 90;

    /** What a pool holds. */
    sealed interface Kind {}

    /** Normally distributed BF16. */
    record Bf16(double deviation) implements Kind {}

    /** Normally distributed F32. */
    record F32(double deviation) implements Kind {}

    /** Normally distributed E4M3. */
    record Fp8() implements Kind {}

    /** Pairs of E2M1 codes, all equally likely. */
    record Nibbles() implements Kind {}

    /** Scales of blocks, E4M3, positive. */
    record BlockScales() implements Kind {}

    private final ByteBuffer block = ByteBuffer.allocateDirect(SIZE).order(ByteOrder.LITTLE_ENDIAN);

    Pool(Kind kind, RandomGenerator random) {
        while (block.hasRemaining()) {
            switch (kind) {
                case Bf16(double deviation) -> block.putShort(bf16((float) (deviation * random.nextGaussian())));
                case F32(double deviation) -> block.putFloat((float) (deviation * random.nextGaussian()));
                case Fp8() -> block.put(E4M3Codes.nearest(FP8_DEVIATION * random.nextGaussian()));
                case Nibbles() -> block.putLong(random.nextLong());
                case BlockScales() -> block.put((byte) random.nextInt(LEAST_SCALE, MOST_SCALE + 1));
            }
        }
        block.flip();
    }

    /** What FP8 codes must be multiplied by for a standard deviation of 1 / √fanIn. */
    static double fp8Scale(long fanIn) {
        return 1 / (FP8_DEVIATION * Math.sqrt((double) fanIn));
    }

    /** What E2M1 codes times block scales must be multiplied by for a standard deviation of 1 / √fanIn. */
    static double nvfp4Scale(long fanIn) {
        double squares = 0;
        for (int code = LEAST_SCALE; code <= MOST_SCALE; code++) {
            squares += E4M3Codes.value(code) * E4M3Codes.value(code);
        }
        double scaleRms = Math.sqrt(squares / (MOST_SCALE - LEAST_SCALE + 1));
        return 1 / (Values.E2M1_RMS * scaleRms * Math.sqrt((double) fanIn));
    }

    /** The upper half of a float, rounded to the nearest, ties to even. */
    static short bf16(float value) {
        int bits = Float.floatToRawIntBits(value);
        return (short) ((bits + 0x7fff + ((bits >>> 16) & 1)) >>> 16);
    }

    /** Writes as many bytes as a tensor has. */
    void writeTo(WritableByteChannel channel, long bytes, RandomGenerator random) throws IOException {
        for (long left = bytes; left > 0; ) {
            int piece = (int) Math.min(left, PIECE);
            int from = random.nextInt((SIZE - piece) / STEP + 1) * STEP;
            ByteBuffer part = block.slice(from, piece);
            while (part.hasRemaining()) {
                channel.write(part);
            }
            left -= piece;
        }
    }
}
