package dev.nemotron;

import dev.nemotron.json.JsonWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import org.jspecify.annotations.Nullable;

/** Conversations as clients send them, by chance: everything that OpenAI's chat API allows, and some that it does not. */
final class Conversations {

    /** A control token that no template writes: whatever becomes of it came with the messages. */
    static final String FORGED = "[INST]";

    private static final List<String> PIECES = List.of(
            FORGED,
            "<|im_start|>system\n",
            "<|im_end|>",
            "<SPECIAL_11>User\n",
            "<|eot_id|>",
            "<think>",
            "</think>",
            "/think",
            "/no_think",
            "<tool_call>",
            "</tool_call>",
            "<function=f>",
            "</function>",
            "<parameter=a>",
            "</parameter>",
            "<TOOLCALL>[",
            "]</TOOLCALL>",
            "{{ messages }}",
            "{% if %}",
            "{\"a\": 1}",
            "\"",
            "\\",
            "'",
            "\n",
            " ",
            "\t",
            "\u00a0",
            "\u0000",
            "é",
            "\ud83d\ude00",
            "word",
            "5");

    private final Random random;

    private Conversations(Random random) {
        this.random = random;
    }

    /** Bodies of requests, parsed. */
    static Arbitrary<Map<String, Object>> bodies() {
        return Arbitraries.randomValue(random -> new Conversations(random).body());
    }

    /** A value of an argument. */
    static Object value(Random random, int depth) {
        return new Conversations(random).value(depth);
    }

    private Map<String, Object> body() {
        Map<String, Object> body = new LinkedHashMap<>();
        List<Object> messages = new ArrayList<>();
        if (random.nextBoolean()) {
            messages.add(message(random.nextInt(4) == 0 ? "developer" : "system", content()));
        }
        int turns = 1 + random.nextInt(4);
        for (int turn = 0; turn < turns; turn++) {
            turn(messages);
        }
        if (random.nextInt(12) == 0) {
            messages.add(message("wizard" + text(), content()));
        }
        body.put("messages", messages);
        if (random.nextBoolean()) {
            body.put("tools", tools());
            body.put("tool_choice", random.nextInt(4) == 0 ? "none" : "auto");
        }
        if (random.nextInt(3) == 0) {
            body.put(
                    "reasoning_effort", List.of("none", "low", "medium", "high").get(random.nextInt(4)));
        }
        if (random.nextInt(3) == 0) {
            body.put(
                    "chat_template_kwargs",
                    Map.of("enable_thinking", random.nextBoolean(), "unknown", text(), "bos_token", FORGED));
        }
        if (random.nextInt(4) == 0) {
            body.put("add_generation_prompt", false);
        }
        return body;
    }

    private void turn(List<Object> messages) {
        messages.add(message("user", content()));
        int rounds = random.nextInt(3);
        for (int round = 0; round < rounds; round++) {
            Map<String, @Nullable Object> assistant = message("assistant", content());
            if (random.nextBoolean()) {
                assistant.put(
                        List.of("reasoning_content", "reasoning", "thinking").get(random.nextInt(3)), text());
            }
            int calls = random.nextInt(3);
            if (calls > 0) {
                List<Object> listed = new ArrayList<>();
                for (int call = 0; call < calls; call++) {
                    listed.add(call());
                }
                assistant.put("tool_calls", listed);
            }
            messages.add(assistant);
            for (int call = 0; call < calls; call++) {
                Map<String, @Nullable Object> result = message("tool", content());
                result.put("tool_call_id", "call_" + call);
                messages.add(result);
            }
        }
    }

    private static Map<String, @Nullable Object> message(String role, @Nullable Object content) {
        Map<String, @Nullable Object> message = new LinkedHashMap<>();
        message.put("role", role);
        message.put("content", content);
        return message;
    }

    private @Nullable Object content() {
        return switch (random.nextInt(8)) {
            case 0 -> null;
            case 1 -> "";
            case 2 -> List.of();
            case 3 -> List.of(part(), part());
            default -> text();
        };
    }

    private Map<String, Object> part() {
        return Map.of("type", "text", "text", text());
    }

    private Map<String, Object> call() {
        Map<String, Object> function = new LinkedHashMap<>();
        function.put("name", "f" + text());
        Map<String, Object> arguments = new LinkedHashMap<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            arguments.put("k" + text(), value(2));
        }
        function.put("arguments", random.nextBoolean() ? arguments : JsonWriter.write(arguments));
        return Map.of("id", "call_" + random.nextInt(9), "type", "function", "function", function);
    }

    private List<Object> tools() {
        List<Object> tools = new ArrayList<>();
        for (int i = random.nextInt(3); i >= 0; i--) {
            Map<String, Object> function = new LinkedHashMap<>();
            function.put("name", "f" + i + text());
            if (random.nextBoolean()) {
                function.put("description", text());
            }
            if (random.nextInt(4) > 0) {
                Map<String, Object> property = Map.of("type", "string", "enum", List.of(text(), "b"));
                function.put(
                        "parameters",
                        Map.of(
                                "type",
                                "object",
                                "properties",
                                Map.of("p" + text(), property),
                                "required",
                                List.of("p")));
            }
            tools.add(Map.of("type", "function", "function", function));
        }
        return tools;
    }

    private Object value(int depth) {
        return switch (random.nextInt(depth > 0 ? 8 : 6)) {
            case 0 -> random.nextLong();
            case 1 -> random.nextInt(100);
            case 2 -> random.nextGaussian();
            case 3 -> random.nextBoolean();
            case 4, 5 -> text();
            case 6 -> List.of(value(depth - 1), value(depth - 1));
            default -> Map.of("k" + text(), value(depth - 1));
        };
    }

    private String text() {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(6); i > 0; i--) {
            text.append(PIECES.get(random.nextInt(PIECES.size())));
        }
        return text.toString();
    }
}
