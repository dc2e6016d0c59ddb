package dev.nemotron.output;

import org.jspecify.annotations.Nullable;

/** The ways in which models write tool calls. */
public enum ToolFormat {
    /** None: everything is content. */
    NONE(null, null),

    /**
     * Nemotron 3, Qwen3-Coder: {@code <tool_call><function=NAME><parameter=KEY>VALUE</parameter></function></tool_call>} with
     * line breaks between the tags, one block a call.
     */
    XML_FUNCTION("<tool_call>", "</tool_call>"),

    /** Nemotron Nano v2: {@code <TOOLCALL>[{"name": ..., "arguments": ...}, ...]</TOOLCALL>}. */
    TOOLCALL_LIST("<TOOLCALL>", "</TOOLCALL>"),

    /**
     * Qwen2.5: {@code <tool_call>{"name": ..., "arguments": ...}</tool_call>}, one tag a call. A list in one tag, as Tool-N1
     * writes it, and JSON in a JSON string are understood too.
     */
    HERMES("<tool_call>", "</tool_call>"),

    /**
     * Llama 3.1: the whole answer is {@code {"name": ..., "parameters": ...}}, possibly after {@code <|python_tag|>}, several
     * with {@code ;} between them.
     */
    LLAMA_JSON("<|python_tag|>", null),

    /** GPT-OSS: messages on channels, which tell reasoning, content and calls apart, whether there are tools or not. */
    HARMONY(null, null);

    private static final int LONGEST_NAME = 256;

    private final @Nullable String opener;
    private final @Nullable String closer;

    ToolFormat(@Nullable String opener, @Nullable String closer) {
        this.opener = opener;
        this.closer = closer;
    }

    /**
     * The mark before calls, a token of its own in some vocabularies.
     *
     * @return the mark, or null where there is none; without a {@link #closer} calls may come without it
     */
    public @Nullable String opener() {
        return opener;
    }

    /**
     * The mark behind calls.
     *
     * @return the mark, or null where there is none
     */
    public @Nullable String closer() {
        return closer;
    }

    /**
     * Whether a call in this format can carry a name: what is read back is the same name.
     *
     * @param name the name of a tool or of one of its parameters
     * @return whether it can
     */
    public boolean canCarry(String name) {
        boolean bare = this == XML_FUNCTION;
        return !name.isBlank()
                && name.length() <= LONGEST_NAME
                && !(bare && (!name.equals(name.strip()) || name.matches("(?s).*[<>\\n].*")));
    }

    /**
     * Finds the format that a chat template teaches.
     *
     * @param templateSource the source text of the template
     * @return the format, {@link #NONE} where it shows none of those that are known here
     */
    public static ToolFormat detect(String templateSource) {
        if (templateSource.contains("<|channel|>") && templateSource.contains("<|message|>")) {
            return HARMONY;
        }
        if (templateSource.contains("<TOOLCALL>")) {
            return TOOLCALL_LIST;
        }
        if (templateSource.contains("<tool_call>")) {
            return inToolCallTags(templateSource);
        }
        boolean llama = templateSource.contains("<|python_tag|>")
                || (templateSource.contains("ipython") && templateSource.contains("<|start_header_id|>"));
        return llama && !templateSource.contains("<function=") ? LLAMA_JSON : NONE;
    }

    private static ToolFormat inToolCallTags(String templateSource) {
        if (templateSource.contains("<function=") && templateSource.contains("<parameter=")) {
            return XML_FUNCTION;
        }
        boolean json = templateSource.replace("\\", "").contains("\"name\"")
                && templateSource.contains("arguments")
                && !templateSource.contains("<arg_key>");
        return json ? HERMES : NONE;
    }
}
