package dev.nemotron;

import dev.nemotron.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Writes an answer as OpenAI's chat API does: as one object, or as the chunks of a stream. Reasoning stands under both names
 * that clients look for, {@code reasoning_content} and {@code reasoning}. One object for one answer; for one thread at a time.
 *
 * {@snippet lang = java:
 * ChatCompletion completion = ChatCompletion.of("nemotron");
 * send(completion.begin());
 * answer.forEachRemaining(event -> send(completion.chunk(event)));
 * send(completion.end(answer.result()));
 * send(completion.usage(answer.result()));
 * }
 */
public final class ChatCompletion {

    private final String id;
    private final long created;
    private final String model;

    /**
     * A writer.
     *
     * @param id what tells this answer from others
     * @param created when it began, in seconds since 1970
     * @param model the name of the model, as the client knows it
     */
    public ChatCompletion(String id, long created, String model) {
        this.id = id;
        this.created = created;
        this.model = model;
    }

    /**
     * A writer with an id of its own, and the time of now.
     *
     * @param model the name of the model, as the client knows it
     * @return the writer
     */
    public static ChatCompletion of(String model) {
        String id = "chatcmpl-" + UUID.randomUUID().toString().replace("-", "");
        return new ChatCompletion(id, Instant.now().getEpochSecond(), model);
    }

    /**
     * Writes the whole answer.
     *
     * @param result the answer
     * @return the object {@code chat.completion}
     */
    public String response(ChatResult result) {
        Map<String, @Nullable Object> message = new LinkedHashMap<>();
        message.put("role", "assistant");
        message.put("content", result.text().isEmpty() && !result.toolCalls().isEmpty() ? null : result.text());
        message.put("reasoning_content", result.reasoning());
        message.put("reasoning", result.reasoning());
        if (!result.toolCalls().isEmpty()) {
            message.put(
                    "tool_calls",
                    result.toolCalls().stream().map(ChatMessage::entry).toList());
        }
        message.put("refusal", null);
        Map<String, @Nullable Object> choice = new LinkedHashMap<>();
        choice.put("index", 0);
        choice.put("message", message);
        choice.put("finish_reason", finish(result));
        choice.put("logprobs", logProbabilities(result.generation().logProbabilities()));
        Map<String, @Nullable Object> document = header("chat.completion");
        document.put("choices", List.of(choice));
        document.put("usage", usage(result.usage()));
        document.put("timings", timings(result));
        if (result.reasoningTruncated()) {
            document.put("reasoning_truncated", true);
        }
        if (!result.remarks().isEmpty()) {
            document.put("remarks", result.remarks());
        }
        return JsonWriter.write(document);
    }

    private Map<String, @Nullable Object> header(String object) {
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        document.put("id", id);
        document.put("object", object);
        document.put("created", created);
        document.put("model", model);
        return document;
    }

    private static String finish(ChatResult result) {
        // A client that went away is not told anything any more, so the reason of a cancelled answer is nobody's
        // contract.
        return result.finishReason().name().toLowerCase(Locale.ROOT);
    }

    private static Map<String, Object> usage(Usage usage) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("prompt_tokens", usage.promptTokens());
        document.put("completion_tokens", usage.generatedTokens());
        document.put("total_tokens", usage.totalTokens());
        document.put("prompt_tokens_details", Map.of("cached_tokens", usage.cachedTokens()));
        document.put("completion_tokens_details", Map.of("reasoning_tokens", usage.reasoningTokens()));
        return document;
    }

    private static Map<String, Object> timings(ChatResult result) {
        Map<String, Object> document = new LinkedHashMap<>();
        Usage usage = result.usage();
        Timings timings = result.timings();
        document.put("prompt_n", usage.promptTokens() - usage.cachedTokens());
        document.put("prompt_ms", timings.prefill().toNanos() / 1e6);
        document.put("prompt_per_second", timings.promptTokensPerSecond(usage));
        document.put("predicted_n", usage.generatedTokens());
        document.put("predicted_ms", timings.decode().toNanos() / 1e6);
        document.put("predicted_per_second", timings.generatedTokensPerSecond(usage));
        return document;
    }

    private static @Nullable Map<String, Object> logProbabilities(List<TokenLogProbability> tokens) {
        if (tokens.isEmpty()) {
            return null;
        }
        List<Object> content = new ArrayList<>();
        for (TokenLogProbability token : tokens) {
            Map<String, Object> entry = entry(token);
            entry.put(
                    "top_logprobs",
                    token.likeliest().stream().map(ChatCompletion::entry).toList());
            content.add(entry);
        }
        return Map.of("content", content);
    }

    private static Map<String, Object> entry(TokenLogProbability token) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("token", token.text());
        entry.put("logprob", token.logProbability());
        List<Integer> bytes = new ArrayList<>();
        for (byte b : token.text().getBytes(StandardCharsets.UTF_8)) {
            bytes.add(b & 0xFF);
        }
        entry.put("bytes", bytes);
        return entry;
    }

    /**
     * Writes the beginning of a stream.
     *
     * @return the first object {@code chat.completion.chunk}, with the role
     */
    public String begin() {
        Map<String, @Nullable Object> delta = new LinkedHashMap<>();
        delta.put("role", "assistant");
        delta.put("content", "");
        return chunk(delta, null);
    }

    /**
     * Writes a piece of a stream.
     *
     * @param event the piece
     * @return an object {@code chat.completion.chunk}, or an empty text where clients are told nothing
     */
    public String chunk(ChatEvent event) {
        Map<String, @Nullable Object> delta = new LinkedHashMap<>();
        switch (event) {
            case ChatEvent.Reasoning(String text) -> {
                delta.put("reasoning_content", text);
                delta.put("reasoning", text);
            }
            case ChatEvent.Content(String text) -> delta.put("content", text);
            case ChatEvent.CallStarted(int index, String callId, String name) -> {
                Map<String, Object> call = new LinkedHashMap<>();
                call.put("index", index);
                call.put("id", callId);
                call.put("type", "function");
                Map<String, Object> function = new LinkedHashMap<>();
                function.put("name", name);
                function.put("arguments", "");
                call.put("function", function);
                delta.put("tool_calls", List.of(call));
            }
            case ChatEvent.CallArguments(int index, String json) -> {
                Map<String, Object> call = new LinkedHashMap<>();
                call.put("index", index);
                call.put("function", Map.of("arguments", json));
                delta.put("tool_calls", List.of(call));
            }
            case ChatEvent.CallEnded ended -> {
                return "";
            }
        }
        return chunk(delta, null);
    }

    /**
     * Writes the end of a stream.
     *
     * @param result the answer
     * @return the object {@code chat.completion.chunk} with the reason
     */
    public String end(ChatResult result) {
        return chunk(Map.of(), finish(result));
    }

    /**
     * Writes what follows the end of a stream where the client asked for it.
     *
     * @param result the answer
     * @return an object {@code chat.completion.chunk} with the usage and no choices
     */
    public String usage(ChatResult result) {
        Map<String, @Nullable Object> document = header("chat.completion.chunk");
        document.put("choices", List.of());
        document.put("usage", usage(result.usage()));
        return JsonWriter.write(document);
    }

    private String chunk(Map<String, ? extends @Nullable Object> delta, @Nullable String finish) {
        Map<String, @Nullable Object> choice = new LinkedHashMap<>();
        choice.put("index", 0);
        choice.put("delta", delta);
        choice.put("finish_reason", finish);
        Map<String, @Nullable Object> document = header("chat.completion.chunk");
        document.put("choices", List.of(choice));
        return JsonWriter.write(document);
    }
}
