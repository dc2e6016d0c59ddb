package dev.nemotron;

import dev.nemotron.engine.SessionTurns;
import java.util.List;

/**
 * A conversation that remembers: each turn goes on behind the tokens of the turns before, whose state is kept, so only what is
 * new is computed. The model sees its own words again exactly as it wrote them, its earlier reasoning included, which a
 * conversation that is rendered anew for each turn would leave out.
 *
 * {@snippet lang = java:
 * try (ChatSession session = model.session(ChatRequest.of(ChatMessage.system("Be brief.")).build())) {
 *     session.say("My name is Nora.");
 *     String answer = session.say("What is my name?").text();
 * }
 * }
 *
 * <p>For one thread at a time; only an answer in progress may be cancelled from any. Keeps memory until it is closed.
 */
public final class ChatSession implements AutoCloseable {

    private final SessionTurns turns;
    private final List<ChatMessage> first;
    private ChatRequest settings;

    ChatSession(SessionTurns turns, ChatRequest settings) {
        this.turns = turns;
        this.settings = settings;
        this.first = settings.messages();
        turns.restart(first);
    }

    /**
     * Says something and waits for the answer.
     *
     * @param text what is said
     * @return the answer
     * @throws NemotronException as {@link Model#chat(ChatRequest)} does; the turn is forgotten then
     * @throws IllegalStateException while an answer is in progress
     */
    public ChatResult say(String text) {
        return answer(ChatMessage.user(text));
    }

    /**
     * Adds turns and waits for the answer.
     *
     * @param added the turns, such as the results of tools
     * @return the answer
     * @throws NemotronException as {@link Model#chat(ChatRequest)} does; the turns are forgotten then
     * @throws IllegalStateException while an answer is in progress
     */
    public ChatResult answer(ChatMessage... added) {
        try (ChatStream answer = stream(added)) {
            return answer.result();
        }
    }

    /**
     * Adds turns and streams the answer. They become part of the conversation when the answer has ended, in whatever way.
     *
     * @param added the turns
     * @return the answer in progress
     * @throws NemotronException as {@link Model#stream(ChatRequest)} does
     * @throws IllegalStateException while an answer is in progress
     */
    public ChatStream stream(ChatMessage... added) {
        return turns.stream(settings, List.of(added));
    }

    /**
     * The conversation.
     *
     * @return all turns so far, answers included
     */
    public List<ChatMessage> messages() {
        return turns.messages();
    }

    /**
     * Changes everything but the turns from now on: tools, reasoning, sampling.
     *
     * @param value the settings; its messages are ignored
     */
    public void settings(ChatRequest value) {
        settings = value;
    }

    /**
     * How turns are answered.
     *
     * @return the settings
     */
    public ChatRequest settings() {
        return settings;
    }

    /**
     * Forgets all turns but those that the session began with.
     *
     * @throws IllegalStateException while an answer is in progress
     */
    public void clear() {
        turns.restart(first);
    }

    /** Gives the memory back. */
    @Override
    public void close() {
        turns.close();
    }
}
