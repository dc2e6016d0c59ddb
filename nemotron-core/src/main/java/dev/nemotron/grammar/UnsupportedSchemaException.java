package dev.nemotron.grammar;

/** A JSON Schema has something that cannot be enforced while an answer is written, is malformed, or satisfied by nothing. */
public final class UnsupportedSchemaException extends IllegalArgumentException {

    private static final long serialVersionUID = 1;

    /** Where it is. */
    private final String pointer;

    /** What it is. */
    private final String keyword;

    /**
     * Creates an exception.
     *
     * @param pointer the JSON pointer of the schema that has the keyword; empty for the root
     * @param keyword the keyword; empty where it is about the schema as a whole
     * @param reason why it cannot be enforced
     */
    public UnsupportedSchemaException(String pointer, String keyword, String reason) {
        super("JSON Schema, #" + pointer + (keyword.isEmpty() ? "" : ", keyword \"" + keyword + '"') + ": " + reason);
        this.pointer = pointer;
        this.keyword = keyword;
    }

    /**
     * Tells where it is.
     *
     * @return the JSON pointer of the schema that has the keyword; empty for the root
     */
    public String pointer() {
        return pointer;
    }

    /**
     * Tells what it is.
     *
     * @return the keyword; empty where it is about the schema as a whole
     */
    public String keyword() {
        return keyword;
    }
}
