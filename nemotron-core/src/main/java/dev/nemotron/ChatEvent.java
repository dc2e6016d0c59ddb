package dev.nemotron;

/** A piece of an answer to a conversation, as it streams. No piece is empty or ends inside a character. */
public sealed interface ChatEvent {

    /**
     * What the model thinks before it answers.
     *
     * @param text a piece of it
     */
    record Reasoning(String text) implements ChatEvent {}

    /**
     * What it answers.
     *
     * @param text a piece of it
     */
    record Content(String text) implements ChatEvent {}

    /**
     * It asks for a call.
     *
     * @param index which call of the answer this is, from 0
     * @param id tells calls apart within a conversation
     * @param name the name of the tool
     */
    record CallStarted(int index, String id, String name) implements ChatEvent {}

    /**
     * The arguments of a call; all pieces together are a JSON object.
     *
     * @param index which call
     * @param json a piece of them
     */
    record CallArguments(int index, String json) implements ChatEvent {}

    /**
     * A call is complete.
     *
     * @param index which call
     */
    record CallEnded(int index) implements ChatEvent {}
}
