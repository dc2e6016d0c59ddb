package dev.nemotron.output;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * Reads an answer from where its reasoning ends: content with calls in it. What looks like a call and is none becomes content.
 * One for each answer; for one thread.
 */
sealed interface CallSyntax permits PlainContent, XmlFunctionCalls, JsonCalls, HarmonyMessages {

    /** The tags that end the reasoning, since a call begins with them. */
    List<String> openers();

    /** Takes all of the text that can be told for sure, which is all of it at the end of the answer. */
    void read(TextWindow text);

    /** The answer has ended: a call that is still open is closed. */
    void finish();

    static CallSyntax of(ToolFormat format, AnswerRecorder recorder) {
        return switch (format) {
            case NONE -> new PlainContent(recorder);
            case XML_FUNCTION -> new XmlFunctionCalls(recorder);
            case TOOLCALL_LIST, HERMES ->
                new TaggedJsonCalls(requireNonNull(format.opener()), requireNonNull(format.closer()), recorder);
            case LLAMA_JSON -> new LlamaJsonCalls(requireNonNull(format.opener()), recorder);
            case HARMONY -> new HarmonyMessages(recorder);
        };
    }
}
