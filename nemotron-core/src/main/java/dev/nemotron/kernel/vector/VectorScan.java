package dev.nemotron.kernel.vector;

import static dev.nemotron.kernel.vector.Lanes.COUNT;
import static dev.nemotron.kernel.vector.Lanes.FLOATS;
import static dev.nemotron.kernel.vector.Lanes.ORDER;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.nemotron.kernel.scalar.Exponential;
import dev.nemotron.spi.ScanShape;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;

/**
 * The selective scan of a Mamba-2 mixer in the order of the recurrence (specification 2.3.4), the head's channels in lanes. A
 * head's state is small enough for the first or second cache, so it stays there for all tokens of a call.
 */
final class VectorScan {

    private VectorScan() {}

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
            long first = (long) head * headWidth;
            for (int t = 0; t < tokens; t++) {
                long token = convOffset + (long) t * shape.convChannels();
                long b = token + shape.innerWidth() + (long) group * stateSize;
                long c = b + (long) shape.groups() * stateSize;
                long y = outOffset + (long) t * shape.innerWidth() + first;
                float step = steps.getAtIndex(JAVA_FLOAT, stepsOffset + (long) t * shape.heads() + head);
                float keep = Exponential.exp(step * headDecay);
                advance(state, first * stateSize, shape, keep, step, headSkip, conv, token + first, b, c, out, y);
            }
        }
    }

    /** One token of one head, four vectors of channels at a time, then one, then one channel. */
    private static void advance(
            MemorySegment state,
            long origin,
            ScanShape shape,
            float keep,
            float step,
            float skip,
            MemorySegment conv,
            long x,
            long b,
            long c,
            MemorySegment out,
            long y) {
        int width = shape.headWidth();
        int size = shape.stateSize();
        int p = 0;
        for (; p + 4 * COUNT <= width; p += 4 * COUNT) {
            fourVectors(state, origin + p, width, size, keep, step, skip, conv, x + p, b, c, out, y + p);
        }
        for (; p + COUNT <= width; p += COUNT) {
            oneVector(state, origin + p, width, size, keep, step, skip, conv, x + p, b, c, out, y + p);
        }
        for (; p < width; p++) {
            oneChannel(state, origin + p, width, size, keep, step, skip, conv, x + p, b, c, out, y + p);
        }
    }

    /** S ← keep·S + B⊗(step·x) and out = C·S + skip·x for 4·L channels. */
    private static void fourVectors(
            MemorySegment state,
            long origin,
            int width,
            int size,
            float keep,
            float step,
            float skip,
            MemorySegment conv,
            long x,
            long b,
            long c,
            MemorySegment out,
            long y) {
        long vector = FLOATS.vectorByteSize();
        long xAt = x * Float.BYTES;
        FloatVector input0 = FloatVector.fromMemorySegment(FLOATS, conv, xAt, ORDER);
        FloatVector input1 = FloatVector.fromMemorySegment(FLOATS, conv, xAt + vector, ORDER);
        FloatVector input2 = FloatVector.fromMemorySegment(FLOATS, conv, xAt + 2 * vector, ORDER);
        FloatVector input3 = FloatVector.fromMemorySegment(FLOATS, conv, xAt + 3 * vector, ORDER);
        FloatVector skips = FloatVector.broadcast(FLOATS, skip);
        FloatVector steps = FloatVector.broadcast(FLOATS, step);
        FloatVector keeps = FloatVector.broadcast(FLOATS, keep);
        FloatVector scaled0 = input0.mul(steps);
        FloatVector scaled1 = input1.mul(steps);
        FloatVector scaled2 = input2.mul(steps);
        FloatVector scaled3 = input3.mul(steps);
        FloatVector sum0 = FloatVector.zero(FLOATS);
        FloatVector sum1 = FloatVector.zero(FLOATS);
        FloatVector sum2 = FloatVector.zero(FLOATS);
        FloatVector sum3 = FloatVector.zero(FLOATS);
        for (int n = 0; n < size; n++) {
            long at = (origin + (long) n * width) * Float.BYTES;
            FloatVector in = FloatVector.broadcast(FLOATS, conv.getAtIndex(JAVA_FLOAT, b + n));
            FloatVector read = FloatVector.broadcast(FLOATS, conv.getAtIndex(JAVA_FLOAT, c + n));
            FloatVector next = FloatVector.fromMemorySegment(FLOATS, state, at, ORDER);
            next = scaled0.fma(in, next.mul(keeps));
            next.intoMemorySegment(state, at, ORDER);
            sum0 = next.fma(read, sum0);
            next = FloatVector.fromMemorySegment(FLOATS, state, at + vector, ORDER);
            next = scaled1.fma(in, next.mul(keeps));
            next.intoMemorySegment(state, at + vector, ORDER);
            sum1 = next.fma(read, sum1);
            next = FloatVector.fromMemorySegment(FLOATS, state, at + 2 * vector, ORDER);
            next = scaled2.fma(in, next.mul(keeps));
            next.intoMemorySegment(state, at + 2 * vector, ORDER);
            sum2 = next.fma(read, sum2);
            next = FloatVector.fromMemorySegment(FLOATS, state, at + 3 * vector, ORDER);
            next = scaled3.fma(in, next.mul(keeps));
            next.intoMemorySegment(state, at + 3 * vector, ORDER);
            sum3 = next.fma(read, sum3);
        }
        long yAt = y * Float.BYTES;
        input0.fma(skips, sum0).intoMemorySegment(out, yAt, ORDER);
        input1.fma(skips, sum1).intoMemorySegment(out, yAt + vector, ORDER);
        input2.fma(skips, sum2).intoMemorySegment(out, yAt + 2 * vector, ORDER);
        input3.fma(skips, sum3).intoMemorySegment(out, yAt + 3 * vector, ORDER);
    }

    private static void oneVector(
            MemorySegment state,
            long origin,
            int width,
            int size,
            float keep,
            float step,
            float skip,
            MemorySegment conv,
            long x,
            long b,
            long c,
            MemorySegment out,
            long y) {
        FloatVector input = FloatVector.fromMemorySegment(FLOATS, conv, x * Float.BYTES, ORDER);
        FloatVector scaled = input.mul(step);
        FloatVector keeps = FloatVector.broadcast(FLOATS, keep);
        FloatVector sum = FloatVector.zero(FLOATS);
        for (int n = 0; n < size; n++) {
            long at = (origin + (long) n * width) * Float.BYTES;
            FloatVector in = FloatVector.broadcast(FLOATS, conv.getAtIndex(JAVA_FLOAT, b + n));
            FloatVector read = FloatVector.broadcast(FLOATS, conv.getAtIndex(JAVA_FLOAT, c + n));
            FloatVector next = FloatVector.fromMemorySegment(FLOATS, state, at, ORDER);
            next = scaled.fma(in, next.mul(keeps));
            next.intoMemorySegment(state, at, ORDER);
            sum = next.fma(read, sum);
        }
        input.fma(FloatVector.broadcast(FLOATS, skip), sum).intoMemorySegment(out, y * Float.BYTES, ORDER);
    }

    private static void oneChannel(
            MemorySegment state,
            long origin,
            int width,
            int size,
            float keep,
            float step,
            float skip,
            MemorySegment conv,
            long x,
            long b,
            long c,
            MemorySegment out,
            long y) {
        float input = conv.getAtIndex(JAVA_FLOAT, x);
        float sum = 0;
        for (int n = 0; n < size; n++) {
            long at = origin + (long) n * width;
            float kept = keep * state.getAtIndex(JAVA_FLOAT, at);
            float next = Math.fma(step * input, conv.getAtIndex(JAVA_FLOAT, b + n), kept);
            state.setAtIndex(JAVA_FLOAT, at, next);
            sum = Math.fma(next, conv.getAtIndex(JAVA_FLOAT, c + n), sum);
        }
        out.setAtIndex(JAVA_FLOAT, y, Math.fma(skip, input, sum));
    }
}
