package dev.nemotron;

import dev.nemotron.schema.ToolMethod;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Lets a model use tools until it has its answer: asks it, runs the calls that it asks for, tells it the results, and asks
 * again. What goes wrong in a tool is told to the model too, which is trained to mend its calls.
 *
 * {@snippet lang = java:
 * ToolLoop loop = ToolLoop.builder(model)
 *         .tool(weather, call -> forecast(call.arguments()))
 *         .maxRounds(5)
 *         .build();
 * String answer = loop.run(ChatRequest.of(ChatMessage.user("Weather in Oslo?")).build()).answer().text();
 * }
 *
 * <p>Immutable; any number of threads may run one at once, if its tools allow that.
 */
public final class ToolLoop {

    /** How often the same calls may be asked for in a row before they count as going in circles. */
    private static final int MAX_SAME = 3;

    /** What runs the calls of a tool. */
    @FunctionalInterface
    public interface Handler {
        /**
         * Runs a call.
         *
         * @param call what the model asks for; its arguments are a JSON object, but not necessarily after the schema of a tool
         *     that is not strict
         * @return the result for the model, usually JSON
         * @throws Exception if it failed; its message is told to the model
         */
        String call(ToolCall call) throws Exception;
    }

    /** Watches a loop; called by the thread that runs it. */
    public interface Listener {
        /**
         * A piece of an answer has come.
         *
         * @param round which answer, from 1
         * @param event the piece
         */
        default void event(int round, ChatEvent event) {}

        /**
         * The model has answered, or asked for calls.
         *
         * @param round which answer, from 1
         * @param answer the answer
         */
        default void answered(int round, ChatResult answer) {}

        /**
         * A call has been run.
         *
         * @param round which answer asked for it, from 1
         * @param call the call
         * @param result what the model is told
         * @param failed whether the tool failed, or there is no such tool
         */
        default void called(int round, ToolCall call, String result, boolean failed) {}
    }

    /** Why a loop ended. */
    public enum Ending {
        /** The model gave an answer without calls. */
        ANSWERED,
        /** It asked for calls in every round that it had. */
        ROUNDS,
        /** The time was up. */
        TIME,
        /** It asked for the same calls again and again. */
        CIRCLE
    }

    /**
     * What came of it.
     *
     * @param answer the last answer; one with calls that were not run unless the ending is {@link Ending#ANSWERED}
     * @param messages the whole conversation, calls and results included
     * @param rounds how many answers there were
     * @param ending why it ended
     */
    public record Outcome(ChatResult answer, List<ChatMessage> messages, int rounds, Ending ending) {
        /** Copies the list. */
        public Outcome {
            messages = List.copyOf(messages);
        }
    }

    private final Model model;
    private final Map<Tool, Handler> tools;
    private final int maxRounds;
    private final Duration timeLimit;
    private final Listener listener;

    private ToolLoop(Builder builder) {
        this.model = builder.model;
        this.tools = new LinkedHashMap<>(builder.tools);
        this.maxRounds = builder.maxRounds;
        this.timeLimit = builder.timeLimit;
        this.listener = builder.listener;
    }

    /**
     * Begins a loop.
     *
     * @param model who answers; stays the caller's to close
     * @return a builder
     */
    public static Builder builder(Model model) {
        return new Builder(model);
    }

    /**
     * Answers a conversation with the help of the tools.
     *
     * @param request the conversation; the tools of the loop are added to its own, which must have handlers too
     * @return what came of it
     * @throws NemotronException as {@link Model#chat(ChatRequest)} does
     * @throws GenerationCancelledException if the thread is interrupted
     */
    public Outcome run(ChatRequest request) {
        List<Tool> declared = new ArrayList<>(request.tools());
        tools.keySet().stream().filter(tool -> !declared.contains(tool)).forEach(declared::add);
        ChatRequest first = request.toBuilder().tools(declared).build();
        // A call that is required is required once, or there could be no answer.
        ChatRequest later = first.toBuilder()
                .toolChoice(
                        first.toolChoice().mode() == ToolChoice.Mode.REQUIRED ? ToolChoice.auto() : first.toolChoice())
                .build();
        long deadline = System.nanoTime() + timeLimit.toNanos();
        try (ChatSession session = model.session(first)) {
            ChatMessage[] news = {};
            List<String> asked = List.of();
            int same = 0;
            for (int round = 1; ; round++) {
                AtomicBoolean late = new AtomicBoolean();
                ChatResult answer = answer(session, news, round, deadline, late);
                session.settings(later);
                listener.answered(round, answer);
                if (late.get() || answer.toolCalls().isEmpty()) {
                    return outcome(session, answer, round, late.get() ? Ending.TIME : Ending.ANSWERED);
                }
                List<String> wanted = answer.toolCalls().stream()
                        .map(call -> call.name() + call.arguments())
                        .toList();
                same = wanted.equals(asked) ? same + 1 : 1;
                asked = wanted;
                if (same == MAX_SAME || round == maxRounds) {
                    return outcome(session, answer, round, same == MAX_SAME ? Ending.CIRCLE : Ending.ROUNDS);
                }
                news = results(answer, round);
            }
        }
    }

    private static Outcome outcome(ChatSession session, ChatResult answer, int rounds, Ending ending) {
        return new Outcome(answer, session.messages(), rounds, ending);
    }

    private ChatResult answer(ChatSession session, ChatMessage[] news, int round, long deadline, AtomicBoolean late) {
        try (ChatStream stream = session.stream(news)) {
            long left = Math.max(0, deadline - System.nanoTime());
            // Its timer is dropped with it; a delayed task would keep the answer in memory until its time has come.
            CompletableFuture<Void> alarm = new CompletableFuture<>();
            var _ = alarm.thenRun(() -> {
                late.set(true);
                stream.cancel();
            });
            alarm.completeOnTimeout(null, left, TimeUnit.NANOSECONDS);
            try {
                stream.forEachRemaining(event -> listener.event(round, event));
                return stream.result();
            } finally {
                alarm.cancel(false);
            }
        }
    }

    private ChatMessage[] results(ChatResult answer, int round) {
        return answer.toolCalls().stream()
                .map(call -> ChatMessage.tool(call, result(call, round)))
                .toArray(ChatMessage[]::new);
    }

    private String result(ToolCall call, int round) {
        Handler handler = tools.entrySet().stream()
                .filter(entry -> entry.getKey().name().equals(call.name()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(null);
        String result;
        boolean failed = false;
        try {
            if (handler == null) {
                throw new IllegalArgumentException("there is no tool \"" + call.name() + "\"; there are "
                        + tools.keySet().stream().map(Tool::name).toList());
            }
            result = Objects.requireNonNull(handler.call(call), "a tool must not return null");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new GenerationCancelledException("interrupted in the tool " + call.name());
        } catch (Exception e) {
            failed = true;
            result = "Error: " + (e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage());
        }
        listener.called(round, call, result, failed);
        return result;
    }

    /** Collects a loop. */
    public static final class Builder {

        private final Model model;
        private final Map<Tool, Handler> tools = new LinkedHashMap<>();
        private int maxRounds = 8;
        private Duration timeLimit = Duration.ofMinutes(10);
        private Listener listener = new Listener() {};

        private Builder(Model model) {
            this.model = Objects.requireNonNull(model);
        }

        /**
         * Adds a tool.
         *
         * @param tool its declaration
         * @param handler runs its calls
         * @return this
         */
        public Builder tool(Tool tool, Handler handler) {
            tools.put(tool, handler);
            return this;
        }

        /**
         * Adds the methods of an object that have a {@link Description}: their names and parameters are what the model is told,
         * and its calls become calls of the methods.
         *
         * @param target the object
         * @return this
         * @throws IllegalArgumentException if it has no such method, or one has a parameter that no schema can tell
         */
        public Builder tools(Object target) {
            for (ToolMethod method : ToolMethod.allOf(target)) {
                tool(method.tool(), call -> method.call(call.arguments()));
            }
            return this;
        }

        /**
         * Limits the answers.
         *
         * @param value the most answers of the model, the last one included; 8 by default
         * @return this
         */
        public Builder maxRounds(int value) {
            if (value < 1) {
                throw new IllegalArgumentException("maxRounds must be 1 or more, found " + value);
            }
            maxRounds = value;
            return this;
        }

        /**
         * Limits the time. An answer in progress is cut short; a tool that is running is waited for.
         *
         * @param value the limit; ten minutes by default
         * @return this
         */
        public Builder timeLimit(Duration value) {
            timeLimit = Objects.requireNonNull(value);
            return this;
        }

        /**
         * Watches the loop.
         *
         * @param value told of every step
         * @return this
         */
        public Builder listener(Listener value) {
            listener = Objects.requireNonNull(value);
            return this;
        }

        /**
         * Makes the loop.
         *
         * @return the loop
         */
        public ToolLoop build() {
            return new ToolLoop(this);
        }
    }
}
