package dev.nemotron.engine;

import dev.nemotron.ChatMessage;
import dev.nemotron.ChatRequest;
import dev.nemotron.ChatResult;
import dev.nemotron.ChatStream;
import dev.nemotron.tokenizer.Tokenizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A conversation that goes on where it ended: the tokens of all turns so far, with the state that they have left. Confined to
 * one thread at a time.
 */
public final class SessionTurns implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger("dev.nemotron");

    private final Generations generations;
    private final Engine engine;
    private final TextSide text;
    private final List<ChatMessage> messages = new ArrayList<>();
    private KeptState kept = new KeptState();
    private int[] tokens = new int[0];
    private @Nullable ChatRequest last;
    private boolean answering;

    SessionTurns(Generations generations, Engine engine, TextSide text) {
        this.generations = generations;
        this.engine = engine;
        this.text = text;
    }

    /**
     * All turns.
     *
     * @return the messages so far, answers included
     */
    public List<ChatMessage> messages() {
        return List.copyOf(messages);
    }

    /**
     * Begins anew.
     *
     * @param first the messages to begin with
     * @throws IllegalStateException while an answer is in progress
     */
    public void restart(List<ChatMessage> first) {
        requireIdle();
        messages.clear();
        messages.addAll(first);
        forget();
    }

    /**
     * Answers further turns. They become part of the conversation when the answer is complete, and so does the answer.
     *
     * @param settings everything but the messages
     * @param added the turns, often one
     * @return the answer in progress
     * @throws IllegalStateException while an answer is in progress
     */
    public ChatStream stream(ChatRequest settings, List<ChatMessage> added) {
        requireIdle();
        List<ChatMessage> all = new ArrayList<>(messages);
        all.addAll(added);
        ChatRequest request = settings.withMessages(all);
        ChatTurn turn = plan(request, messages.size());
        ChatStream answer = generations.start(request, turn, kept, result -> done(request, turn.prompt(), result));
        answering = true;
        return new SessionStream(answer, this::lost);
    }

    private void requireIdle() {
        if (answering) {
            throw new IllegalStateException("an answer of this session is in progress; take its result or close it");
        }
    }

    private ChatTurn plan(ChatRequest request, int known) {
        int[] enders = generations.enders(request.decoding());
        if (tokens.length > 0) {
            Bridge bridge = bridge(request, known);
            if (bridge != null) {
                int[] further = text.requireTokenizer("a conversation").encode(bridge.spans(), false);
                int[] prompt = Arrays.copyOf(tokens, tokens.length + further.length);
                System.arraycopy(further, 0, prompt, tokens.length, further.length);
                return generations.planner().plan(request, prompt, bridge.start(), enders);
            }
            LOG.log(
                    System.Logger.Level.INFO,
                    "the chat template changes what has been said, so the conversation is computed again");
            forget();
        }
        return generations.planner().plan(request, enders);
    }

    private @Nullable Bridge bridge(ChatRequest request, int known) {
        Tokenizer tokenizer = text.requireTokenizer("a conversation");
        List<String> endMarks = text.endTokens().stream()
                .filter(tokenizer::has)
                .map(tokenizer::token)
                .toList();
        int end = tokens[tokens.length - 1];
        String endMark = text.endTokens().contains(end) && tokenizer.has(end) ? tokenizer.token(end) : null;
        ChatRequest before = Objects.requireNonNull(last);
        return Bridge.find(text.prompts(request), request, before, known, endMark, endMarks);
    }

    private void done(ChatRequest request, int[] prompt, ChatResult result) {
        last = request;
        messages.clear();
        messages.addAll(request.messages());
        messages.add(result.message());
        IntStream generated = result.generation().ids().stream().mapToInt(Integer::intValue);
        tokens = IntStream.concat(Arrays.stream(prompt), generated).toArray();
        answering = false;
    }

    /** The turn is not remembered, and what it leaves behind belongs to no tokens that are. */
    private void lost() {
        answering = false;
        forget();
    }

    /** Gives the state back, on the engine's thread, which alone may do so; the next turn computes everything. */
    private void forget() {
        KeptState old = kept;
        kept = new KeptState();
        tokens = new int[0];
        try {
            var _ = engine.run(() -> {
                old.close();
                return old;
            });
        } catch (IllegalStateException closed) {
            // The model is closed, and with it all states.
        }
    }

    @Override
    public void close() {
        forget();
    }
}
