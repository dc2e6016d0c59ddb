package dev.nemotron.engine.events;

import org.jspecify.annotations.Nullable;

/** Hands the steps of an engine to JDK Flight Recorder. Uses the same events again, so that a step allocates nothing. */
public final class StepRecorder {

    private final @Nullable StepEvent step = FlightRecording.AVAILABLE ? new StepEvent() : null;
    private final @Nullable PrefillEvent prefill = FlightRecording.AVAILABLE ? new PrefillEvent() : null;

    /** Creates a recorder for one thread. */
    public StepRecorder() {}

    /** Notes the begin of a step. */
    public void begin() {
        if (step != null && prefill != null) {
            step.begin();
            prefill.begin();
        }
    }

    /**
     * Notes its end.
     *
     * @param rows the new tokens of all sequences
     * @param sequences the sequences that they belong to
     * @param promptTokens how many of the rows are pieces of prompts
     * @param promptSequences how many of the sequences are
     */
    public void end(int rows, int sequences, int promptTokens, int promptSequences) {
        if (step == null || prefill == null) {
            return;
        }
        step.end();
        if (step.shouldCommit()) {
            step.rows = rows;
            step.sequences = sequences;
            step.commit();
        }
        prefill.end();
        if (promptTokens > 0 && prefill.shouldCommit()) {
            prefill.tokens = promptTokens;
            prefill.sequences = promptSequences;
            prefill.commit();
        }
    }
}
