package dev.nemotron.engine;

import com.sun.management.ThreadMXBean;
import dev.nemotron.engine.events.Cliffs;
import dev.nemotron.engine.events.StepRecorder;
import java.lang.management.ManagementFactory;

/**
 * Watches the steps of an engine for those who operate it: flight recordings, and the check that kernels are compiled. Costs
 * a microsecond a step and no memory. Confined to the engine's thread.
 */
final class StepWatch {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final StepRecorder recorder = new StepRecorder();
    private final BoxedKernelWatch prompts = kernelsFor("prompts");
    private final BoxedKernelWatch answers = kernelsFor("generated tokens");
    private int rows;
    private int sequences;
    private int promptTokens;
    private int promptSequences;

    private static BoxedKernelWatch kernelsFor(String work) {
        return new BoxedKernelWatch(work, THREADS::getCurrentThreadAllocatedBytes, System::nanoTime, Cliffs::report);
    }

    /**
     * Notes the begin of a forward pass.
     *
     * @param allRows the new tokens
     * @param allSequences the sequences that they belong to
     * @param rowsOfPrompts how many of the tokens are pieces of prompts
     * @param sequencesOfPrompts how many of the sequences are
     */
    void begin(int allRows, int allSequences, int rowsOfPrompts, int sequencesOfPrompts) {
        rows = allRows;
        sequences = allSequences;
        promptTokens = rowsOfPrompts;
        promptSequences = sequencesOfPrompts;
        recorder.begin();
        kernels().begin();
    }

    /** Notes its end. */
    void end() {
        kernels().end();
        recorder.end(rows, sequences, promptTokens, promptSequences);
    }

    private BoxedKernelWatch kernels() {
        return promptTokens > 0 ? prompts : answers;
    }
}
