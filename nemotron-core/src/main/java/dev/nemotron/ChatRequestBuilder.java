package dev.nemotron;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Collects a {@link ChatRequest}. */
public final class ChatRequestBuilder extends DecodingBuilder<ChatRequestBuilder> {

    private List<ChatMessage> messages;
    private List<Tool> tools = List.of();
    private ToolChoice toolChoice = ToolChoice.auto();
    private boolean parallelToolCalls = true;
    private Reasoning reasoning = Reasoning.DEFAULT;
    private @Nullable OutputFormat outputFormat;
    private Rendering rendering = Rendering.DEFAULT;

    ChatRequestBuilder(List<ChatMessage> messages) {
        this.messages = List.copyOf(messages);
    }

    @Override
    ChatRequestBuilder self() {
        return this;
    }

    /**
     * Sets the turns.
     *
     * @param value the turns so far
     * @return this
     */
    public ChatRequestBuilder messages(List<ChatMessage> value) {
        messages = List.copyOf(value);
        return this;
    }

    /**
     * Declares tools.
     *
     * @param value the functions that the model may ask for
     * @return this
     */
    public ChatRequestBuilder tools(List<Tool> value) {
        tools = List.copyOf(value);
        return this;
    }

    /**
     * Sets whether the model may, or must, ask for a call.
     *
     * @param value the choice; {@link ToolChoice#auto} by default
     * @return this
     */
    public ChatRequestBuilder toolChoice(ToolChoice value) {
        toolChoice = value;
        return this;
    }

    /**
     * Allows several calls at once.
     *
     * @param value whether to; true by default
     * @return this
     */
    public ChatRequestBuilder parallelToolCalls(boolean value) {
        parallelToolCalls = value;
        return this;
    }

    /**
     * Sets whether the model thinks first.
     *
     * @param value the setting; the model's own by default
     * @return this
     */
    public ChatRequestBuilder reasoning(Reasoning value) {
        reasoning = value;
        return this;
    }

    /**
     * Binds the answer to a form.
     *
     * @param value the form, or null for any
     * @return this
     */
    public ChatRequestBuilder outputFormat(@Nullable OutputFormat value) {
        outputFormat = value;
        return this;
    }

    /**
     * Sets how the conversation becomes a prompt.
     *
     * @param value the settings
     * @return this
     */
    public ChatRequestBuilder rendering(Rendering value) {
        rendering = value;
        return this;
    }

    /**
     * Gives the chat template a variable.
     *
     * @param name its name in the template, for example {@code enable_thinking}
     * @param value a string, number, truth value, list or map of these, or null
     * @return this
     */
    public ChatRequestBuilder templateVariable(String name, @Nullable Object value) {
        Map<String, @Nullable Object> variables = new HashMap<>(rendering.variables());
        variables.put(name, value);
        rendering = rendering.withVariables(variables);
        return this;
    }

    /**
     * Takes the last message for the beginning of the answer, which the model continues.
     *
     * @return this
     */
    public ChatRequestBuilder continueFinalMessage() {
        rendering = rendering.continuing("content");
        return this;
    }

    /**
     * Lets control tokens that are spelled out in messages count as such, for those who render parts of a prompt themselves.
     * By default they are plain text, so that nobody can forge a turn.
     *
     * @param value whether to; false by default
     * @return this
     */
    public ChatRequestBuilder controlTokensInContent(boolean value) {
        rendering = rendering.withControlTokensInContent(value);
        return this;
    }

    /**
     * Makes the request.
     *
     * @return the request
     * @throws InvalidRequestException if its parts contradict each other
     * @throws IllegalArgumentException if a number is out of range
     */
    public ChatRequest build() {
        return new ChatRequest(
                messages, tools, toolChoice, parallelToolCalls, reasoning, outputFormat, rendering, toDecoding());
    }
}
