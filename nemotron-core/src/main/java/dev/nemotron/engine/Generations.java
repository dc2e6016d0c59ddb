package dev.nemotron.engine;

import dev.nemotron.ChatRequest;
import dev.nemotron.ChatResult;
import dev.nemotron.ChatStream;
import dev.nemotron.Decoding;
import dev.nemotron.Generation;
import dev.nemotron.GenerationRequest;
import dev.nemotron.InsufficientMemoryException;
import dev.nemotron.MemoryPlan;
import dev.nemotron.Prompt;
import dev.nemotron.Sampling;
import dev.nemotron.sampling.Sampler;
import dev.nemotron.tokenizer.Tokenizer;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Turns requests into sequences for the engine. Thread-safe. */
final class Generations {

    private final Engine engine;
    private final TextSide text;
    private final int vocabularySize;
    private final MemoryPlan plan;
    private final Sampling defaultSampling;
    private final ChatPlanner planner;

    Generations(Engine engine, TextSide text, int vocabularySize, MemoryPlan plan, Sampling defaultSampling) {
        this.engine = engine;
        this.text = text;
        this.vocabularySize = vocabularySize;
        this.plan = plan;
        this.defaultSampling = defaultSampling;
        this.planner = new ChatPlanner(text);
    }

    /** Continues text or tokens. */
    Generation start(GenerationRequest request) {
        int[] prompt = switch (request.prompt()) {
            case Prompt.Text(String source) -> text.requireTokenizer("text").encode(source, true);
            case Prompt.Tokens(List<Integer> tokens) ->
                tokens.stream().mapToInt(Integer::intValue).toArray();
        };
        Decoding decoding = request.decoding();
        Sampler sampler = sampler(decoding);
        return submit(prompt, decoding, sampler, new Steering(sampler, null, null), List.of(), null);
    }

    /** Answers a conversation. */
    ChatStream start(ChatRequest request) {
        return start(request, planner.plan(request, enders(request.decoding())), null, result -> {});
    }

    /** Answers a conversation whose plan is known, with the state that the turn before has left. */
    ChatStream start(ChatRequest request, ChatTurn turn, @Nullable KeptState kept, Consumer<ChatResult> whenDone) {
        Sampler sampler = sampler(request.decoding());
        Steering steering = turn.steering(sampler, text.requireTokenizer("a conversation"));
        Generation generation = submit(turn.prompt(), request.decoding(), sampler, steering, turn.closers(), kept);
        return new StreamedChat(generation, turn.format(), steering::reasoningTruncated, whenDone);
    }

    ChatPlanner planner() {
        return planner;
    }

    private Generation submit(
            int[] prompt,
            Decoding decoding,
            Sampler sampler,
            Steering steering,
            List<String> closers,
            @Nullable KeptState kept) {
        if (prompt.length == 0) {
            throw new IllegalArgumentException("the prompt is empty, at least one token is needed");
        }
        TokenRange.check(prompt, vocabularySize);
        int context = plan.contextTokens();
        if (prompt.length >= context) {
            throw new IllegalArgumentException("the prompt has " + prompt.length + " tokens, but the context has "
                    + context + ", of which at least one must be left for the answer; set contextTokens higher");
        }
        requireMemory(prompt.length);
        if (!decoding.stopStrings().isEmpty()) {
            text.requireTokenizer("stop strings");
        }
        sampler.history().prompt(prompt);
        Tokenizer tokenizer = text.tokenizer();
        StreamedGeneration generation = new StreamedGeneration();
        Sequence sequence = new Sequence(
                prompt,
                Math.min(decoding.maxTokens(), context - prompt.length),
                ends(decoding),
                steering,
                new TextAssembler(tokenizer, decoding.stopStrings(), closers),
                decoding.logProbabilities(),
                token -> tokenizer == null ? "" : tokenizer.decode(new int[] {token}, false),
                kept,
                generation);
        generation.connect(sequence);
        engine.submit(sequence);
        return generation;
    }

    private Sampler sampler(Decoding decoding) {
        return new Sampler(decoding.sampling().apply(defaultSampling), vocabularySize, 0, enders(decoding));
    }

    private Set<Integer> ends(Decoding decoding) {
        Set<Integer> ends = new TreeSet<>(decoding.stopTokens());
        if (!decoding.ignoreEndTokens()) {
            ends.addAll(text.endTokens());
        }
        return ends;
    }

    /** The tokens that end an answer, as far as the model can draw them. */
    int[] enders(Decoding decoding) {
        return ends(decoding).stream()
                .mapToInt(Integer::intValue)
                .filter(token -> token < vocabularySize)
                .toArray();
    }

    /** Refuses a prompt whose state alone cannot fit, instead of failing in the middle of it. */
    private void requireMemory(int tokens) {
        long needed = plan.statePerSequence() + plan.kvPerToken() * tokens;
        long available = MachineMemory.now().available();
        if (needed > available) {
            throw new InsufficientMemoryException("a prompt of " + tokens + " tokens needs " + (needed >> 20)
                    + " MB for its state, " + (available >> 20) + " MB are available; a shorter prompt fits");
        }
    }
}
