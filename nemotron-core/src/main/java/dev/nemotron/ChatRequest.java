package dev.nemotron;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A conversation to answer.
 *
 * {@snippet lang = java:
 * ChatRequest request = ChatRequest.of(ChatMessage.user("Weather in Oslo?"))
 *         .tools(List.of(weather))
 *         .reasoning(Reasoning.budget(200))
 *         .build();
 * }
 *
 * @param messages the turns so far; at least one when it comes to answering
 * @param tools the functions that the model may ask for
 * @param toolChoice whether it may, or must
 * @param parallelToolCalls whether it may ask for several at once
 * @param reasoning whether it thinks first, and for how long
 * @param outputFormat the form that the answer must have, or null for any; reasoning and calls of tools are not bound by it
 * @param rendering how the conversation becomes a prompt
 * @param decoding how tokens are drawn and when that ends
 */
public record ChatRequest(
        List<ChatMessage> messages,
        List<Tool> tools,
        ToolChoice toolChoice,
        boolean parallelToolCalls,
        Reasoning reasoning,
        @Nullable OutputFormat outputFormat,
        Rendering rendering,
        Decoding decoding) {

    /**
     * Checks that the parts agree.
     *
     * @throws InvalidRequestException if two tools share a name, a call is required of a tool that is not
     *     there, or a required call and an output format exclude each other
     */
    public ChatRequest {
        messages = List.copyOf(messages);
        tools = List.copyOf(tools);
        Objects.requireNonNull(reasoning, "reasoning");
        Objects.requireNonNull(decoding, "decoding");
        List<String> names = tools.stream().map(Tool::name).toList();
        for (String name : names) {
            if (names.indexOf(name) != names.lastIndexOf(name)) {
                throw new InvalidRequestException("tools", "two tools are named \"" + name + '"');
            }
        }
        if (toolChoice.mode() == ToolChoice.Mode.REQUIRED) {
            if (tools.isEmpty()) {
                throw new InvalidRequestException("tool_choice", "a call is required, but there are no tools");
            }
            if (toolChoice.name() != null && !names.contains(toolChoice.name())) {
                throw new InvalidRequestException(
                        "tool_choice",
                        "a call of \"" + toolChoice.name() + "\" is required, but the tools are " + names);
            }
            if (outputFormat != null) {
                throw new InvalidRequestException(
                        "tool_choice", "a call is required, so the answer cannot have an output format");
            }
        }
        if (rendering.continued() != null && rendering.generationPrompt()) {
            throw new InvalidRequestException(
                    "continue_final_message", "excludes add_generation_prompt: the last message is the model's turn");
        }
    }

    /**
     * Begins a request.
     *
     * @param messages the turns so far
     * @return a builder
     */
    public static ChatRequestBuilder of(List<ChatMessage> messages) {
        return new ChatRequestBuilder(messages);
    }

    /**
     * Begins a request.
     *
     * @param messages the turns so far
     * @return a builder
     */
    public static ChatRequestBuilder of(ChatMessage... messages) {
        return new ChatRequestBuilder(List.of(messages));
    }

    /**
     * Reads the body of a request to OpenAI's chat API, with the additions that other servers have made to it: see the class
     * comment of the reader for the list. Templates are refused, since a body usually comes from the network.
     *
     * @param json a JSON object
     * @return the request
     * @throws InvalidRequestException if it is not such a body, or asks for what this library does not do
     */
    public static ChatRequest fromJson(String json) {
        return new ChatRequestReader(false, false).read(json);
    }

    /**
     * Reads a request that does not come from strangers: as {@link #fromJson}, and it may bring a {@code chat_template}.
     *
     * @param json a JSON object
     * @param raw whether messages and tools go to the template exactly as they stand in the request
     * @return the request
     * @throws InvalidRequestException if it is not such a body, or asks for what this library does not do
     */
    public static ChatRequest fromTrustedJson(String json, boolean raw) {
        return new ChatRequestReader(true, raw).read(json);
    }

    /**
     * The same request with other messages.
     *
     * @param others the turns
     * @return the changed request
     */
    public ChatRequest withMessages(List<ChatMessage> others) {
        return new ChatRequest(
                others, tools, toolChoice, parallelToolCalls, reasoning, outputFormat, rendering, decoding);
    }

    /**
     * A builder that begins with this request.
     *
     * @return a builder
     */
    public ChatRequestBuilder toBuilder() {
        return new ChatRequestBuilder(messages)
                .tools(tools)
                .toolChoice(toolChoice)
                .parallelToolCalls(parallelToolCalls)
                .reasoning(reasoning)
                .outputFormat(outputFormat)
                .rendering(rendering)
                .decoding(decoding);
    }
}
