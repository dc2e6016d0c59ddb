package dev.nemotron.output;

/** Where an answer begins, seen from its reasoning. */
public enum ReasoningStart {
    /** Inside the reasoning: the prompt ends with the opening mark. */
    INSIDE,

    /** Behind it: reasoning is off, or the answer goes on with content that the prompt holds already. */
    BEHIND,

    /** The model decides: an opening mark before anything else begins the reasoning. */
    OPEN;

    /**
     * Tells where an answer begins from the end of its prompt.
     *
     * @param prompt the prompt, or its last part
     * @param tags the marks of the model
     * @return {@link #INSIDE} behind an opening mark, {@link #BEHIND} behind a closing one, else {@link #OPEN}; white space
     *     does not count
     */
    public static ReasoningStart after(String prompt, ReasoningTags tags) {
        String end = prompt.stripTrailing();
        if (end.endsWith(tags.close())) {
            return BEHIND;
        }
        return end.endsWith(tags.open()) ? INSIDE : OPEN;
    }
}
