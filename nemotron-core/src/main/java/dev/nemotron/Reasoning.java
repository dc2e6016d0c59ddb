package dev.nemotron;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Whether the model thinks before it answers, and for how long.
 *
 * <p>How a model is told is its chat template's affair, which each family settles differently; a model that has no such switch
 * refuses. A budget works with every model that thinks between marks: it needs no template.
 *
 * @param mode whether, or how hard
 * @param budget the limit, or null for none
 */
public record Reasoning(Mode mode, @Nullable Budget budget) {

    /** Whether the model thinks, or how hard. */
    public enum Mode {
        /** As its template has it where nothing is said. */
        DEFAULT,
        /** It thinks. */
        ON,
        /** It answers at once. */
        OFF,
        /** It thinks briefly: a hint that Nemotron 3 Super is trained for. */
        LOW,
        /** It thinks efficiently: a hint that Nemotron 3 Ultra and 3.5 Lightning are trained for. */
        MEDIUM
    }

    /** How hard to think. */
    public enum Effort {
        /** Briefly. */
        LOW,
        /** Efficiently. */
        MEDIUM,
        /** As long as it takes. */
        HIGH
    }

    /**
     * A limit of reasoning. Once {@code tokens} have been spent, reasoning ends with the line that it is in, or, if the line
     * goes on, {@code grace} tokens later wherever it is, but never inside a character. The model then answers from what it
     * has.
     *
     * @param tokens how many tokens of reasoning are free, 0 or more
     * @param grace how many more the last line may take; 0 ends it at once
     */
    public record Budget(int tokens, int grace) {

        /** The grace of NVIDIA's model cards. */
        public static final int DEFAULT_GRACE = 500;

        /**
         * Checks the numbers.
         *
         * @throws IllegalArgumentException if one is negative
         */
        public Budget {
            if (tokens < 0 || grace < 0) {
                throw new IllegalArgumentException(
                        "a budget has 0 or more tokens and grace, found " + tokens + " and " + grace);
            }
        }
    }

    /** What holds where nothing is said. */
    public static final Reasoning DEFAULT = new Reasoning(Mode.DEFAULT, null);

    /** Checks the mode. */
    public Reasoning {
        Objects.requireNonNull(mode, "mode");
    }

    /**
     * The model thinks.
     *
     * @return the setting
     */
    public static Reasoning on() {
        return new Reasoning(Mode.ON, null);
    }

    /**
     * The model answers at once.
     *
     * @return the setting
     */
    public static Reasoning off() {
        return new Reasoning(Mode.OFF, null);
    }

    /**
     * The model thinks, with some effort.
     *
     * @param effort how hard
     * @return the setting
     */
    public static Reasoning effort(Effort effort) {
        return new Reasoning(
                switch (effort) {
                    case LOW -> Mode.LOW;
                    case MEDIUM -> Mode.MEDIUM;
                    case HIGH -> Mode.ON;
                },
                null);
    }

    /**
     * The model thinks, within a budget that ends with a line.
     *
     * @param tokens how many tokens are free; at most {@link Budget#DEFAULT_GRACE} more finish the line
     * @return the setting
     */
    public static Reasoning budget(int tokens) {
        return new Reasoning(Mode.DEFAULT, new Budget(tokens, Budget.DEFAULT_GRACE));
    }

    /**
     * The same with a budget.
     *
     * @param tokens how many tokens are free
     * @param grace how many more the last line may take
     * @return the setting
     */
    public Reasoning withBudget(int tokens, int grace) {
        return new Reasoning(mode, new Budget(tokens, grace));
    }
}
