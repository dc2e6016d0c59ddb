package dev.nemotron.output;

import dev.nemotron.ToolCall;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A whole answer.
 *
 * @param reasoning the reasoning, or null if there was none
 * @param content the content, or null if there was none
 * @param calls the calls in order; the arguments of each are a JSON object
 * @param diagnostics what is not as it should be, the first hundred and what makes calls incomplete
 */
public record AnswerSummary(
        @Nullable String reasoning, @Nullable String content, List<ToolCall> calls, List<Diagnostic> diagnostics) {

    /** Copies the lists. */
    public AnswerSummary {
        calls = List.copyOf(calls);
        diagnostics = List.copyOf(diagnostics);
    }

    /**
     * Whether a call has come as a whole. One that has not holds only the first part of its arguments and should not be run.
     *
     * @param call its index
     * @return false if the call broke off
     */
    public boolean isWhole(int call) {
        return diagnostics.stream()
                .noneMatch(diagnostic -> diagnostic.call() == call
                        && (diagnostic.kind() == Diagnostic.Kind.UNFINISHED_CALL
                                || diagnostic.kind() == Diagnostic.Kind.UNPARSABLE_CALL));
    }
}
