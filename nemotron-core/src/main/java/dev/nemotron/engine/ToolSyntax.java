package dev.nemotron.engine;

import dev.nemotron.output.ToolFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The marks around calls of tools, in each of the formats. */
final class ToolSyntax {

    private ToolSyntax() {}

    /** What a call begins with, or null where nothing marks it. */
    static @Nullable String opener(ToolFormat format) {
        return switch (format) {
            case XML_FUNCTION, HERMES -> "<tool_call>";
            case TOOLCALL_LIST -> "<TOOLCALL>";
            case LLAMA_JSON, HARMONY, NONE -> null;
        };
    }

    /** What a single call ends with, none where the end of the answer ends it. */
    static List<String> closers(ToolFormat format) {
        return switch (format) {
            case XML_FUNCTION, HERMES -> List.of("</tool_call>");
            case TOOLCALL_LIST -> List.of("</TOOLCALL>");
            case LLAMA_JSON, HARMONY, NONE -> List.of();
        };
    }
}
