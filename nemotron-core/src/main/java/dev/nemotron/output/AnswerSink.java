package dev.nemotron.output;

/**
 * Takes an answer as it comes. All pieces of one kind together give what the {@link AnswerSummary} has; no text is empty, and
 * none ends within a surrogate pair. What the methods throw goes to the caller of the {@link AnswerParser}.
 */
public interface AnswerSink {

    /**
     * Takes a piece of the reasoning.
     *
     * @param text the piece
     */
    void reasoning(String text);

    /**
     * Takes a piece of the content.
     *
     * @param text the piece
     */
    void content(String text);

    /**
     * Begins a call. The calls of an answer come one after the other.
     *
     * @param index 0 for the first call of the answer, then 1 and so on
     * @param id the call's id, told here only
     * @param name the name of the tool
     */
    void callStarted(int index, String id, String name);

    /**
     * Takes a piece of the arguments; all pieces of a call together are a JSON object.
     *
     * @param index the call
     * @param jsonFragment the piece
     */
    void callArguments(int index, String jsonFragment);

    /**
     * Ends a call. What is wrong with it has been told before.
     *
     * @param index the call
     */
    void callEnded(int index);

    /**
     * Takes a note on something that is not as it should be. Nothing by default.
     *
     * @param diagnostic the note
     */
    default void diagnostic(Diagnostic diagnostic) {}
}
