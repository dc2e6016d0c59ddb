package dev.nemotron.template;

import dev.nemotron.InvalidRequestException;
import dev.nemotron.tokenizer.TextSpan;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A conversation whose last message is the beginning of the answer: a tag at its end marks where the rendered text is cut, so
 * that nothing which the template puts behind a message gets into the prompt. As in transformers' {@code
 * apply_chat_template(continue_final_message=...)}.
 */
public final class Continuation {

    private static final String TAG = "CONTINUE_FINAL_MESSAGE_TAG";
    private static final String SPACED_TAG = TAG + " ";

    private Continuation() {}

    /**
     * Puts the tag behind the last message.
     *
     * @param messages the conversation in the template's form
     * @param field what of the last message is continued, {@code content} or a name of reasoning
     * @return the conversation with the tag
     * @throws InvalidRequestException if the last message has no such text
     */
    public static List<Map<String, @Nullable Object>> tag(List<Map<String, @Nullable Object>> messages, String field) {
        if (messages.isEmpty()) {
            throw new InvalidRequestException("continue_final_message", "there is no message that could be continued");
        }
        Map<String, @Nullable Object> last = new LinkedHashMap<>(messages.getLast());
        Object begun = last.get(field);
        Object tagged = tagged(begun);
        if (begun == null || tagged == null) {
            throw new InvalidRequestException(
                    "continue_final_message",
                    "the last message has no text in \"" + field + "\" that could be continued");
        }
        List<String> names = MessageForm.REASONING.contains(field) ? MessageForm.REASONING : List.of(field);
        for (String name : names) {
            if (begun.equals(last.get(name))) {
                last.put(name, tagged);
            }
        }
        List<Map<String, @Nullable Object>> changed = new ArrayList<>(messages.subList(0, messages.size() - 1));
        changed.add(last);
        return changed;
    }

    private static @Nullable Object tagged(@Nullable Object begun) {
        if (begun instanceof String text) {
            return text + SPACED_TAG;
        }
        if (begun instanceof List<?> parts) {
            for (int i = parts.size() - 1; i >= 0; i--) {
                if (parts.get(i) instanceof Map<?, ?> part && part.get("text") instanceof String text) {
                    Map<Object, @Nullable Object> changed = new LinkedHashMap<>(part);
                    changed.put("text", text + SPACED_TAG);
                    List<@Nullable Object> others = new ArrayList<>(parts);
                    others.set(i, changed);
                    return others;
                }
            }
        }
        return null;
    }

    /**
     * Cuts a rendered conversation at the tag.
     *
     * @param spans what the template made of it
     * @return what stands before the tag
     * @throws InvalidRequestException if the template has left the last message out
     */
    public static List<TextSpan> cut(List<TextSpan> spans) {
        StringBuilder text = new StringBuilder();
        spans.forEach(span -> text.append(span.text()));
        int end = text.lastIndexOf(TAG);
        if (end < 0) {
            throw new InvalidRequestException(
                    "continue_final_message", "the chat template of this model leaves the end of the last message out");
        }
        boolean spaced = text.indexOf(SPACED_TAG, end) == end;
        if (!spaced) {
            // The template trims messages, so the space that the message may end with is not there either.
            while (end > 0 && Character.isWhitespace(text.charAt(end - 1))) {
                end--;
            }
        }
        List<TextSpan> kept = new ArrayList<>();
        for (TextSpan span : spans) {
            int length = Math.min(end, span.text().length());
            if (length > 0) {
                kept.add(new TextSpan(span.text().substring(0, length), span.trusted()));
            }
            end -= length;
        }
        return kept;
    }
}
