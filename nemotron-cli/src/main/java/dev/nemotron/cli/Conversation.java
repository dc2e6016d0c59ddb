package dev.nemotron.cli;

import dev.nemotron.ChatMessage;
import dev.nemotron.ChatRequest;
import dev.nemotron.ChatRequestBuilder;
import dev.nemotron.ChatSession;
import dev.nemotron.ChatStream;
import dev.nemotron.InvalidRequestException;
import dev.nemotron.Model;
import dev.nemotron.Reasoning;
import dev.nemotron.Tool;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A conversation with a model: its turns, and how they are answered. Each turn goes on behind the state of the turns before;
 * a change of what the model was told at the beginning has all turns computed again with the next one. For one thread.
 */
final class Conversation implements AutoCloseable {

    private final Model model;
    private final GenerationOptions generation;
    private @Nullable String system;
    private Reasoning reasoning;
    private List<Tool> tools = List.of();
    private ChatSession session;

    /**
     * Begins a conversation.
     *
     * @param model answers; stays the caller's to close
     * @param generation how tokens are drawn
     * @param reasoning whether the model thinks first
     * @param system instructions for the model, or null
     */
    Conversation(Model model, GenerationOptions generation, Reasoning reasoning, @Nullable String system) {
        this.model = model;
        this.generation = generation;
        this.reasoning = reasoning;
        this.system = system;
        this.session = model.session(settings(instructions(system), reasoning, tools));
    }

    private static List<ChatMessage> instructions(@Nullable String system) {
        return system == null ? List.of() : List.of(ChatMessage.system(system));
    }

    private ChatRequest settings(List<ChatMessage> messages, Reasoning thinking, List<Tool> declared) {
        ChatRequestBuilder settings =
                ChatRequest.of(messages).reasoning(thinking).tools(declared);
        generation.applyTo(settings);
        return settings.build();
    }

    /**
     * Adds turns and begins the answer, which becomes a turn itself when it has ended.
     *
     * @param added what is said, or what tools returned
     * @return the answer in progress
     */
    ChatStream say(ChatMessage... added) {
        return session.stream(added);
    }

    List<ChatMessage> messages() {
        return session.messages();
    }

    Reasoning reasoning() {
        return reasoning;
    }

    /** Forgets all turns but the instructions. */
    void reset() {
        restart(instructions(system), reasoning, tools);
    }

    /**
     * Gives other instructions.
     *
     * @param text the instructions, or null for none
     */
    void system(@Nullable String text) {
        List<ChatMessage> turns = new ArrayList<>(instructions(text));
        turns.addAll(messages().subList(instructions(system).size(), messages().size()));
        restart(turns, reasoning, tools);
        system = text;
    }

    /**
     * Declares other tools.
     *
     * @param declared the functions that the model may ask for
     * @throws InvalidRequestException if the model would not see them
     */
    void tools(List<Tool> declared) {
        if (!declared.isEmpty() && rendered(reasoning, declared).equals(rendered(reasoning, List.of()))) {
            throw new InvalidRequestException(
                    "tools", "the chat template of this model does not show tools to it; describe them in a message");
        }
        restart(messages(), reasoning, declared);
        tools = declared;
    }

    /**
     * Has the model think, or not.
     *
     * @param mode whether it thinks
     * @throws InvalidRequestException if the model has no such switch
     */
    void think(Reasoning.Mode mode) {
        Reasoning other = new Reasoning(mode, reasoning.budget());
        restart(messages(), other, tools);
        reasoning = other;
    }

    /**
     * Limits the thinking.
     *
     * @param budget the limit, or null for none
     */
    void budget(Reasoning.@Nullable Budget budget) {
        reasoning = new Reasoning(reasoning.mode(), budget);
        session.settings(settings(List.of(), reasoning, tools));
    }

    /** Renders first, since a setting that the model's template refuses shall not take the place of one that works. */
    private void restart(List<ChatMessage> turns, Reasoning thinking, List<Tool> declared) {
        rendered(thinking, declared);
        session.close();
        session = model.session(settings(turns, thinking, declared));
    }

    private String rendered(Reasoning thinking, List<Tool> declared) {
        return model.render(settings(List.of(ChatMessage.user("Hello")), thinking, declared));
    }

    /**
     * The conversation as a request to OpenAI's chat API, which {@code chat --request} answers.
     *
     * @return the body
     */
    Map<String, Object> request() {
        Map<String, Object> request = new LinkedHashMap<>();
        request.put("messages", messages().stream().map(ChatMessage::fields).toList());
        if (!tools.isEmpty()) {
            request.put("tools", tools.stream().map(Tool::definition).toList());
        }
        if (reasoning.mode() != Reasoning.Mode.DEFAULT) {
            request.put("reasoning_effort", reasoning.mode() == Reasoning.Mode.OFF ? "none" : "high");
        }
        Reasoning.Budget budget = reasoning.budget();
        if (budget != null) {
            request.put("reasoning_budget", budget.tokens());
            request.put("reasoning_grace", budget.grace());
        }
        generation.describe(request);
        return request;
    }

    @Override
    public void close() {
        session.close();
    }
}
