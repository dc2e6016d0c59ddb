package dev.nemotron;

import java.util.Locale;

/** Who speaks in a conversation. */
public enum Role {
    /** The instructions. */
    SYSTEM,
    /** The person or program that asks. */
    USER,
    /** The model. */
    ASSISTANT,
    /** A tool that the model called. */
    TOOL;

    /**
     * The word that chat templates use.
     *
     * @return the name in lower case
     */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
