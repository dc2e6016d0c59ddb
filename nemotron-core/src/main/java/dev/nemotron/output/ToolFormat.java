package dev.nemotron.output;

/** The ways in which models write tool calls. */
public enum ToolFormat {
    /** None: everything is content. */
    NONE,

    /**
     * Nemotron 3, Qwen3-Coder: {@code <tool_call><function=NAME><parameter=KEY>VALUE</parameter></function></tool_call>} with
     * line breaks between the tags, one block a call.
     */
    XML_FUNCTION,

    /** Nemotron Nano v2: {@code <TOOLCALL>[{"name": ..., "arguments": ...}, ...]</TOOLCALL>}. */
    TOOLCALL_LIST,

    /**
     * Qwen2.5: {@code <tool_call>{"name": ..., "arguments": ...}</tool_call>}, one tag a call. A list in one tag, as Tool-N1
     * writes it, and JSON in a JSON string are understood too.
     */
    HERMES,

    /**
     * Llama 3.1: the whole answer is {@code {"name": ..., "parameters": ...}}, possibly after {@code <|python_tag|>}, several
     * with {@code ;} between them.
     */
    LLAMA_JSON,

    /** GPT-OSS: messages on channels, which tell reasoning, content and calls apart, whether there are tools or not. */
    HARMONY;

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
