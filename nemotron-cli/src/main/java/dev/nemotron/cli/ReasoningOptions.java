package dev.nemotron.cli;

import dev.nemotron.Reasoning;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Whether the model thinks before it answers, and for how long. */
final class ReasoningOptions {

    @Option(names = "--no-think", description = "Answer without reasoning.")
    private boolean off;

    @Option(
            names = "--budget",
            paramLabel = "N",
            description = "End the reasoning with the line in which it reaches N tokens, at most "
                    + Reasoning.Budget.DEFAULT_GRACE + " tokens later.")
    private @Nullable Integer budget;

    /**
     * Changes what was given on the command line, and nothing else.
     *
     * @param given what holds otherwise
     * @return what holds
     * @throws IllegalArgumentException if a number is out of range
     */
    Reasoning over(Reasoning given) {
        if (budget != null && budget < 0) {
            throw new IllegalArgumentException("--budget must be 0 or more, found " + budget);
        }
        return new Reasoning(
                off ? Reasoning.Mode.OFF : given.mode(),
                budget == null ? given.budget() : new Reasoning.Budget(budget, Reasoning.Budget.DEFAULT_GRACE));
    }
}
