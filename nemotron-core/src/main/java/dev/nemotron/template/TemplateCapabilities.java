package dev.nemotron.template;

import dev.nemotron.TemplateException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What a template makes use of, found out by rendering tiny conversations.
 *
 * @param textContent content may be a string
 * @param partsContent content may be a list of parts, {@code [{"type": "text", "text": ...}]}
 * @param systemRole the text of a system message appears
 * @param developerRole a message of the role {@code developer} is understood as such
 * @param tools declared tools appear
 * @param toolCalls calls of an assistant message appear
 * @param textArguments the arguments of a call may be JSON text, which then stands there as it is
 * @param reasoningSwitch {@code enable_thinking} changes the prompt
 * @param opensReasoning the prompt begins the model's reasoning where nothing is said
 * @param reasoningContent the reasoning of an assistant message appears
 */
public record TemplateCapabilities(
        boolean textContent,
        boolean partsContent,
        boolean systemRole,
        boolean developerRole,
        boolean tools,
        boolean toolCalls,
        boolean textArguments,
        boolean reasoningSwitch,
        boolean opensReasoning,
        boolean reasoningContent) {

    private static final String SAID = "probe-said";
    private static final String TOLD = "probe-told";
    private static final String THOUGHT = "probe-thought";
    private static final String TOOL = "probe_tool";
    private static final String VALUE = "probe-value";

    /**
     * Finds out what a template makes use of. A conversation that it refuses counts as not understood.
     *
     * @param template the template
     * @param specialTokens the special tokens by the names that templates know them by
     * @return what it makes use of
     */
    public static TemplateCapabilities probe(ChatTemplate template, Map<String, String> specialTokens) {
        return new Probe(template, specialTokens).run();
    }

    /**
     * Whether content has to come in parts.
     *
     * @return whether a text alone would not be shown, but parts are
     */
    public boolean partsOnly() {
        return partsContent && !textContent;
    }

    /**
     * Whether content has to come as one text.
     *
     * @return whether parts would not be shown, but a text is
     */
    public boolean textOnly() {
        return textContent && !partsContent;
    }

    private record Probe(ChatTemplate template, Map<String, String> specialTokens) {

        TemplateCapabilities run() {
            boolean text = shows(List.of(message("user", SAID)), Map.of(), contains(SAID));
            boolean parts = shows(
                    List.of(message("user", List.of(part(SAID)))),
                    Map.of(),
                    output -> output.contains(SAID) && !output.contains("'type'") && !output.contains("\"type\""));
            Object user = text || !parts ? SAID : List.of(part(SAID));
            Object system = text || !parts ? TOLD : List.of(part(TOLD));
            String called = render(calling(user, Map.of("probe_key", VALUE)), Map.of());
            String calledByText = render(calling(user, "{\"probe_key\": \"" + VALUE + "\"}"), Map.of());
            boolean calls = called != null && called.contains(TOOL) && called.contains(VALUE);
            String prompt = render(List.of(message("user", user)), Map.of());
            String on = render(List.of(message("user", user)), Map.of("enable_thinking", true));
            String off = render(List.of(message("user", user)), Map.of("enable_thinking", false));
            return new TemplateCapabilities(
                    text,
                    parts,
                    shows(List.of(message("system", system), message("user", user)), Map.of(), contains(TOLD)),
                    template.source().contains("developer")
                            && shows(
                                    List.of(message("developer", system), message("user", user)),
                                    Map.of(),
                                    contains(TOLD)),
                    shows(List.of(message("user", user)), Map.of("tools", List.of(tool())), contains(TOOL)),
                    calls,
                    calls && Objects.equals(called, calledByText),
                    on != null && off != null && !on.equals(off),
                    prompt != null && prompt.stripTrailing().endsWith("<think>"),
                    shows(thinking(user), Map.of("add_generation_prompt", false), contains(THOUGHT)));
        }

        private boolean shows(List<Map<String, Object>> messages, Map<String, ?> more, Predicate<String> test) {
            String output = render(messages, more);
            return output != null && test.test(output);
        }

        private static Predicate<String> contains(String part) {
            return output -> output.contains(part);
        }

        private @Nullable String render(List<Map<String, Object>> messages, Map<String, ?> more) {
            Map<String, @Nullable Object> variables = new HashMap<>(specialTokens);
            variables.put("messages", messages);
            variables.put("tools", null);
            variables.put("documents", null);
            variables.put("add_generation_prompt", true);
            variables.putAll(more);
            try {
                return template.render(variables);
            } catch (TemplateException refused) {
                return null;
            }
        }

        private static Map<String, Object> message(String role, Object content) {
            Map<String, Object> message = new LinkedHashMap<>();
            message.put("role", role);
            message.put("content", content);
            return message;
        }

        private static Map<String, Object> part(String text) {
            return Map.of("type", "text", "text", text);
        }

        private static Map<String, Object> tool() {
            Map<String, Object> schema = Map.of("type", "object", "properties", Map.of());
            return Map.of(
                    "type", "function", "function", Map.of("name", TOOL, "description", "", "parameters", schema));
        }

        private static List<Map<String, Object>> calling(Object user, Object arguments) {
            Map<String, Object> assistant = message("assistant", user instanceof String ? "" : List.of(part("")));
            Map<String, Object> function = Map.of("name", TOOL, "arguments", arguments);
            assistant.put("tool_calls", List.of(Map.of("id", "call00001", "type", "function", "function", function)));
            Map<String, Object> result = message("tool", user);
            result.put("name", TOOL);
            result.put("tool_call_id", "call00001");
            return List.of(message("user", user), assistant, result);
        }

        private static List<Map<String, Object>> thinking(Object user) {
            Map<String, Object> assistant = message("assistant", user);
            MessageForm.REASONING.forEach(name -> assistant.put(name, THOUGHT));
            List<Map<String, Object>> messages = new ArrayList<>();
            messages.add(message("user", user));
            messages.add(assistant);
            return messages;
        }
    }
}
