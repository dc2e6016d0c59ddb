package dev.nemotron.kernel.vector;

import static dev.nemotron.kernel.vector.Lanes.COUNT;
import static dev.nemotron.kernel.vector.Lanes.FLOATS;
import static dev.nemotron.kernel.vector.Lanes.ORDER;
import static dev.nemotron.kernel.vector.Lanes.SWAP_1;
import static dev.nemotron.kernel.vector.Lanes.SWAP_2;
import static dev.nemotron.kernel.vector.Lanes.SWAP_4;
import static dev.nemotron.kernel.vector.Lanes.SWAP_8;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.nemotron.kernel.scalar.Exponential;
import dev.nemotron.spi.ScanShape;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;

/**
 * The selective scan of a Mamba-2 mixer in the order of the recurrence (specification 2.3.4), the state's columns in lanes.
 * A head's state is small enough for the first or second cache, so it stays there for all tokens of a call.
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
                int p = 0;
                for (; p + 3 < headWidth; p += 4) {
                    long row = (first + p) * stateSize;
                    fourRows(state, row, stateSize, keep, step, headSkip, conv, token + first + p, b, c, out, y + p);
                }
                for (; p < headWidth; p++) {
                    long row = (first + p) * stateSize;
                    oneRow(state, row, stateSize, keep, step, headSkip, conv, token + first + p, b, c, out, y + p);
                }
            }
        }
    }

    /** S ← keep·S + step·x⊗B and out = S·C + skip·x for four rows of the state, which share the loads of B and C. */
    private static void fourRows(
            MemorySegment state,
            long row,
            int stateSize,
            float keep,
            float step,
            float skip,
            MemorySegment conv,
            long x,
            long b,
            long c,
            MemorySegment out,
            long y) {
        FloatVector input0 = FloatVector.broadcast(FLOATS, step * conv.getAtIndex(JAVA_FLOAT, x));
        FloatVector input1 = FloatVector.broadcast(FLOATS, step * conv.getAtIndex(JAVA_FLOAT, x + 1));
        FloatVector input2 = FloatVector.broadcast(FLOATS, step * conv.getAtIndex(JAVA_FLOAT, x + 2));
        FloatVector input3 = FloatVector.broadcast(FLOATS, step * conv.getAtIndex(JAVA_FLOAT, x + 3));
        FloatVector sum0 = FloatVector.zero(FLOATS);
        FloatVector sum1 = FloatVector.zero(FLOATS);
        FloatVector sum2 = FloatVector.zero(FLOATS);
        FloatVector sum3 = FloatVector.zero(FLOATS);
        long rowBytes = (long) stateSize * Float.BYTES;
        int body = Lanes.body(stateSize);
        for (int n = 0; n < body; n += COUNT) {
            long at0 = (row + n) * Float.BYTES;
            long at1 = at0 + rowBytes;
            long at2 = at1 + rowBytes;
            long at3 = at2 + rowBytes;
            FloatVector bs = FloatVector.fromMemorySegment(FLOATS, conv, (b + n) * Float.BYTES, ORDER);
            FloatVector cs = FloatVector.fromMemorySegment(FLOATS, conv, (c + n) * Float.BYTES, ORDER);
            FloatVector next0 = FloatVector.fromMemorySegment(FLOATS, state, at0, ORDER);
            FloatVector next1 = FloatVector.fromMemorySegment(FLOATS, state, at1, ORDER);
            FloatVector next2 = FloatVector.fromMemorySegment(FLOATS, state, at2, ORDER);
            FloatVector next3 = FloatVector.fromMemorySegment(FLOATS, state, at3, ORDER);
            next0 = input0.fma(bs, next0.mul(keep));
            next1 = input1.fma(bs, next1.mul(keep));
            next2 = input2.fma(bs, next2.mul(keep));
            next3 = input3.fma(bs, next3.mul(keep));
            next0.intoMemorySegment(state, at0, ORDER);
            next1.intoMemorySegment(state, at1, ORDER);
            next2.intoMemorySegment(state, at2, ORDER);
            next3.intoMemorySegment(state, at3, ORDER);
            sum0 = next0.fma(cs, sum0);
            sum1 = next1.fma(cs, sum1);
            sum2 = next2.fma(cs, sum2);
            sum3 = next3.fma(cs, sum3);
        }
        if (COUNT == 16) {
            sum0 = sum0.add(sum0.rearrange(SWAP_8));
            sum1 = sum1.add(sum1.rearrange(SWAP_8));
            sum2 = sum2.add(sum2.rearrange(SWAP_8));
            sum3 = sum3.add(sum3.rearrange(SWAP_8));
        }
        if (COUNT >= 8) {
            sum0 = sum0.add(sum0.rearrange(SWAP_4));
            sum1 = sum1.add(sum1.rearrange(SWAP_4));
            sum2 = sum2.add(sum2.rearrange(SWAP_4));
            sum3 = sum3.add(sum3.rearrange(SWAP_4));
        }
        sum0 = sum0.add(sum0.rearrange(SWAP_2));
        sum1 = sum1.add(sum1.rearrange(SWAP_2));
        sum2 = sum2.add(sum2.rearrange(SWAP_2));
        sum3 = sum3.add(sum3.rearrange(SWAP_2));
        float y0 = sum0.add(sum0.rearrange(SWAP_1)).lane(0);
        float y1 = sum1.add(sum1.rearrange(SWAP_1)).lane(0);
        float y2 = sum2.add(sum2.rearrange(SWAP_1)).lane(0);
        float y3 = sum3.add(sum3.rearrange(SWAP_1)).lane(0);
        finish(state, row, body, stateSize, keep, step, skip, conv, x, b, c, y0, out, y);
        finish(state, row + stateSize, body, stateSize, keep, step, skip, conv, x + 1, b, c, y1, out, y + 1);
        finish(state, row + 2L * stateSize, body, stateSize, keep, step, skip, conv, x + 2, b, c, y2, out, y + 2);
        finish(state, row + 3L * stateSize, body, stateSize, keep, step, skip, conv, x + 3, b, c, y3, out, y + 3);
    }

    private static void oneRow(
            MemorySegment state,
            long row,
            int stateSize,
            float keep,
            float step,
            float skip,
            MemorySegment conv,
            long x,
            long b,
            long c,
            MemorySegment out,
            long y) {
        FloatVector input = FloatVector.broadcast(FLOATS, step * conv.getAtIndex(JAVA_FLOAT, x));
        FloatVector sum = FloatVector.zero(FLOATS);
        int body = Lanes.body(stateSize);
        for (int n = 0; n < body; n += COUNT) {
            long at = (row + n) * Float.BYTES;
            FloatVector bs = FloatVector.fromMemorySegment(FLOATS, conv, (b + n) * Float.BYTES, ORDER);
            FloatVector cs = FloatVector.fromMemorySegment(FLOATS, conv, (c + n) * Float.BYTES, ORDER);
            FloatVector next = FloatVector.fromMemorySegment(FLOATS, state, at, ORDER);
            next = input.fma(bs, next.mul(keep));
            next.intoMemorySegment(state, at, ORDER);
            sum = next.fma(cs, sum);
        }
        if (COUNT == 16) {
            sum = sum.add(sum.rearrange(SWAP_8));
        }
        if (COUNT >= 8) {
            sum = sum.add(sum.rearrange(SWAP_4));
        }
        sum = sum.add(sum.rearrange(SWAP_2));
        float partial = sum.add(sum.rearrange(SWAP_1)).lane(0);
        finish(state, row, body, stateSize, keep, step, skip, conv, x, b, c, partial, out, y);
    }

    /** The columns that fill no vector, then the skip connection. */
    private static void finish(
            MemorySegment state,
            long row,
            int from,
            int stateSize,
            float keep,
            float step,
            float skip,
            MemorySegment conv,
            long x,
            long b,
            long c,
            float partial,
            MemorySegment out,
            long y) {
        float value = conv.getAtIndex(JAVA_FLOAT, x);
        float sum = partial;
        for (int n = from; n < stateSize; n++) {
            float kept = keep * state.getAtIndex(JAVA_FLOAT, row + n);
            float next = Math.fma(step * value, conv.getAtIndex(JAVA_FLOAT, b + n), kept);
            state.setAtIndex(JAVA_FLOAT, row + n, next);
            sum = Math.fma(next, conv.getAtIndex(JAVA_FLOAT, c + n), sum);
        }
        out.setAtIndex(JAVA_FLOAT, y, Math.fma(skip, value, sum));
    }
}
