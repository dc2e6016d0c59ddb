package dev.nemotron.kernel.scalar;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.nemotron.spi.ScanShape;
import java.lang.foreign.MemorySegment;

/** The selective scan of a Mamba-2 mixer in the order of the recurrence (specification 2.3.4). */
final class ScalarScan {

    private ScalarScan() {}

    static void scan(
            ScanShape shape,
            MemorySegment conv,
            long convOffset,
            MemorySegment steps,
            long stepsOffset,
            int tokens,
            MemorySegment decay,
            MemorySegment skip,
            MemorySegment state,
            MemorySegment out,
            long outOffset,
            int fromHead,
            int toHead) {
        int headWidth = shape.headWidth();
        int stateSize = shape.stateSize();
        for (int head = fromHead; head < toHead; head++) {
            int group = head / (shape.heads() / shape.groups());
            float headDecay = decay.getAtIndex(JAVA_FLOAT, head);
            float headSkip = skip.getAtIndex(JAVA_FLOAT, head);
            for (int t = 0; t < tokens; t++) {
                long token = convOffset + (long) t * shape.convChannels();
                long b = token + shape.innerWidth() + (long) group * stateSize;
                long c = b + (long) shape.groups() * stateSize;
                float step = steps.getAtIndex(JAVA_FLOAT, stepsOffset + (long) t * shape.heads() + head);
                float keep = Exponential.exp(step * headDecay);
                for (int p = 0; p < headWidth; p++) {
                    int channel = head * headWidth + p;
                    float x = conv.getAtIndex(JAVA_FLOAT, token + channel);
                    long column = (long) head * headWidth * stateSize + p;
                    float y = advance(state, column, headWidth, stateSize, keep, step * x, conv, b, c);
                    out.setAtIndex(
                            JAVA_FLOAT, outOffset + (long) t * shape.innerWidth() + channel, Math.fma(headSkip, x, y));
                }
            }
        }
    }

    /** One column of the state, elements {@code stride} apart: S ← keep·S + input·B; returns S·C. */
    private static float advance(
            MemorySegment state,
            long column,
            int stride,
            int stateSize,
            float keep,
            float input,
            MemorySegment conv,
            long b,
            long c) {
        double sum = 0;
        for (int n = 0; n < stateSize; n++) {
            long place = column + (long) n * stride;
            float kept = keep * state.getAtIndex(JAVA_FLOAT, place);
            float next = Math.fma(input, conv.getAtIndex(JAVA_FLOAT, b + n), kept);
            state.setAtIndex(JAVA_FLOAT, place, next);
            sum += (double) next * conv.getAtIndex(JAVA_FLOAT, c + n);
        }
        return (float) sum;
    }
}
