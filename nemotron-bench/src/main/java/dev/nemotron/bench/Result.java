package dev.nemotron.bench;

import dev.nemotron.arch.Work;

/**
 * One row of the report.
 *
 * @param test {@code prefill}, {@code decode}, or {@code generate} for decoding with everything around it
 * @param threads with how many threads
 * @param batch how many sequences at once
 * @param context how many tokens came before
 * @param speed the pace of all sequences together
 * @param limit the tokens a second that memory and arithmetic allow
 * @param allocated bytes on the Java heap for each token
 */
record Result(String test, int threads, int batch, int context, Speed speed, double limit, double allocated) {

    /** The part of the limit that is reached. */
    double fraction() {
        return speed.tokensPerSecond() / limit;
    }

    /** What a step costs besides its weights. */
    record StateBytes(long perSequence, long perToken) {}

    /**
     * The tokens a second that a machine allows when sequences grow by a token at every step: weights are read once, the
     * state of each sequence is read and written, its keys and values are read.
     */
    static double decodeLimit(MachineLimits machine, Work work, StateBytes state, int batch, double context) {
        double bytes =
                work.weightBytes(batch, batch) + batch * (2.0 * state.perSequence() + (context + 1) * state.perToken());
        double flops = batch * work.flops(1, (int) context, 1);
        return batch / seconds(machine, bytes, flops);
    }

    /** The tokens a second that a machine allows for a prompt computed in one step. */
    static double prefillLimit(MachineLimits machine, Work work, StateBytes state, int tokens, int context) {
        double bytes = work.weightBytes(tokens, 1)
                + 2.0 * state.perSequence()
                + ((double) context + tokens) * state.perToken();
        return tokens / seconds(machine, bytes, work.flops(tokens, context, 1));
    }

    private static double seconds(MachineLimits machine, double bytes, double flops) {
        return Math.max(bytes / machine.readBytesPerSecond(), flops / machine.flopsPerSecond());
    }
}
