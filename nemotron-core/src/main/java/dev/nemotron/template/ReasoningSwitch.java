package dev.nemotron.template;

import dev.nemotron.InvalidRequestException;
import dev.nemotron.Reasoning;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a chat template is told whether the model shall think. Each family has its own way, which shows in the source of its
 * template: a variable ({@code enable_thinking}, Nemotron 3), words in the system message ({@code /think}, Nano 2;
 * {@code {'reasoning': True}}, Nemotron-H; {@code detailed thinking on}, Llama-Nemotron), or none. Efforts are variables:
 * {@code low_effort} (Super), {@code medium_effort} (Ultra, 3.5 Lightning), {@code reasoning_effort} (GPT-OSS).
 */
public final class ReasoningSwitch {

    /** What turns reasoning on and off. */
    private sealed interface Form {
        record Variable(String name) implements Form {}

        record Words(String on, String off) implements Form {}

        record None() implements Form {}
    }

    private static final String EFFORT_BY_NAME = "reasoning_effort";

    private final Form form;
    private final String source;
    private final boolean alwaysOn;
    private final boolean partsOnly;

    private ReasoningSwitch(Form form, String source, boolean alwaysOn, boolean partsOnly) {
        this.form = form;
        this.source = source;
        this.alwaysOn = alwaysOn;
        this.partsOnly = partsOnly;
    }

    /**
     * Finds the way of a template.
     *
     * @param source the source of the template
     * @param capabilities what it makes use of
     * @return the switch
     */
    public static ReasoningSwitch of(String source, TemplateCapabilities capabilities) {
        Form form;
        if (capabilities.reasoningSwitch()) {
            form = new Form.Variable("enable_thinking");
        } else if (source.contains("/no_think")) {
            form = new Form.Words("/think", "/no_think");
        } else if (source.contains("'reasoning': True")) {
            form = new Form.Words("{'reasoning': True}", "{'reasoning': False}");
        } else if (source.contains("detailed thinking o")) {
            form = new Form.Words("detailed thinking on", "detailed thinking off");
        } else {
            form = new Form.None();
        }
        return new ReasoningSwitch(
                form, source, form instanceof Form.None && capabilities.opensReasoning(), capabilities.partsOnly());
    }

    /**
     * Tells the template.
     *
     * @param mode what is wanted
     * @param messages the conversation
     * @param variables the variables of the template, changed
     * @return the conversation, with the words that the template looks for
     * @throws InvalidRequestException if the template has no word for it
     */
    public List<Map<String, @Nullable Object>> apply(
            Reasoning.Mode mode,
            List<Map<String, @Nullable Object>> messages,
            Map<String, @Nullable Object> variables) {
        return switch (mode) {
            case DEFAULT -> messages;
            case ON -> {
                if (source.contains(EFFORT_BY_NAME) && form instanceof Form.None) {
                    variables.put(EFFORT_BY_NAME, "high");
                    yield messages;
                }
                yield turn(true, messages, variables);
            }
            case OFF -> turn(false, messages, variables);
            case LOW -> effort("low", messages, variables);
            case MEDIUM -> effort("medium", messages, variables);
        };
    }

    private List<Map<String, @Nullable Object>> effort(
            String word, List<Map<String, @Nullable Object>> messages, Map<String, @Nullable Object> variables) {
        if (source.contains(word + "_effort")) {
            variables.put(word + "_effort", true);
        } else if (source.contains(EFFORT_BY_NAME)) {
            variables.put(EFFORT_BY_NAME, word);
        } else {
            throw new InvalidRequestException(
                    EFFORT_BY_NAME,
                    "the chat template of this model knows no " + word + " effort; it knows " + known()
                            + ". A budget of reasoning works with every model that thinks");
        }
        return messages;
    }

    private String known() {
        List<String> known = new ArrayList<>();
        for (String word : List.of("low", "medium")) {
            if (source.contains(word + "_effort")) {
                known.add(word);
            }
        }
        if (!(form instanceof Form.None)) {
            known.add("on (high)");
            known.add("off (none)");
        }
        return known.isEmpty() ? "none" : String.join(", ", known);
    }

    private List<Map<String, @Nullable Object>> turn(
            boolean on, List<Map<String, @Nullable Object>> messages, Map<String, @Nullable Object> variables) {
        return switch (form) {
            case Form.Variable(String name) -> {
                variables.put(name, on);
                yield messages;
            }
            case Form.Words(String yes, String no) -> withSystemWords(on ? yes : no, messages);
            case Form.None() -> {
                if (on && alwaysOn) {
                    yield messages;
                }
                throw new InvalidRequestException(
                        "reasoning",
                        "the chat template of this model has no switch to turn reasoning " + (on ? "on" : "off"));
            }
        };
    }

    private List<Map<String, @Nullable Object>> withSystemWords(
            String words, List<Map<String, @Nullable Object>> messages) {
        List<Map<String, @Nullable Object>> changed = new ArrayList<>(messages);
        Map<String, @Nullable Object> system = new LinkedHashMap<>();
        if (!messages.isEmpty() && "system".equals(messages.getFirst().get("role"))) {
            system.putAll(messages.getFirst());
            changed.removeFirst();
        }
        system.putIfAbsent("role", "system");
        system.put("content", withWords(words, system.get("content")));
        changed.addFirst(system);
        return changed;
    }

    private Object withWords(String words, @Nullable Object content) {
        boolean first = words.startsWith("detailed");
        if (content instanceof String text && !text.isEmpty()) {
            return first ? words + "\n\n" + text : text + " " + words;
        }
        if (!partsOnly && !(content instanceof List<?> given && !given.isEmpty())) {
            return words;
        }
        List<@Nullable Object> parts = new ArrayList<>(content instanceof List<?> given ? given : List.of());
        parts.add(first ? 0 : parts.size(), Map.of("type", "text", "text", words));
        return parts;
    }
}
