package dev.nemotron.engine;

import dev.nemotron.ChatMessage;
import dev.nemotron.ChatRequest;
import dev.nemotron.output.ReasoningStart;
import dev.nemotron.tokenizer.TextSpan;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The text between an answer and the next one: the end of the model's turn, the new turns, and the beginning of the next
 * answer. With it a conversation goes on behind the tokens that are there, and nothing is computed again.
 *
 * <p>It is found by rendering the conversation twice, up to the answer and beyond it. Templates change earlier turns once new
 * ones come (they leave old reasoning out), so both are rendered without reasoning; what stands behind the first is the same.
 *
 * @param spans the text
 * @param start where the model goes on
 */
record Bridge(List<TextSpan> spans, ReasoningStart start) {

    /**
     * Finds the text.
     *
     * @param prompts renders
     * @param request all turns, the new ones last
     * @param before how the turns so far were rendered
     * @param known how many turns there were with the last answer
     * @param endMark the text of the token that the last answer ended with, or null where it was cut short
     * @param endMarks the texts of all tokens that end answers
     * @return the bridge, or null where the template does not let one be found
     */
    static @Nullable Bridge find(
            ChatPrompts prompts,
            ChatRequest request,
            ChatRequest before,
            int known,
            @Nullable String endMark,
            List<String> endMarks) {
        List<ChatMessage> plain =
                request.messages().stream().map(ChatMessage::withoutReasoning).toList();
        String upToAnswer = upToAnswer(prompts, request, plain.subList(0, known));
        if (!upToAnswer.equals(upToAnswer(prompts, before, plain.subList(0, known)))) {
            return null; // other tools, or another word for reasoning: the beginning is another one
        }
        RenderedPrompt whole = prompts.render(request.withMessages(plain));
        if (!whole.text().startsWith(upToAnswer)) {
            return null;
        }
        int end = endOfAnswer(upToAnswer, endMarks);
        if (end < 0) {
            return null;
        }
        if (endMark != null) {
            if (!upToAnswer.startsWith(endMark, end)) {
                return null;
            }
            end += endMark.length();
        }
        return new Bridge(from(whole.spans(), end), whole.start());
    }

    private static String upToAnswer(ChatPrompts prompts, ChatRequest settings, List<ChatMessage> messages) {
        ChatRequest request = settings.toBuilder()
                .messages(messages)
                .rendering(settings.rendering().ended())
                .build();
        return prompts.render(request).text();
    }

    /** Where the mark stands that ends the text, or a negative number where there is none. */
    private static int endOfAnswer(String text, List<String> endMarks) {
        String stripped = text.stripTrailing();
        for (String mark : endMarks) {
            if (!mark.isEmpty() && stripped.endsWith(mark)) {
                return stripped.length() - mark.length();
            }
        }
        return -1;
    }

    private static List<TextSpan> from(List<TextSpan> spans, int begin) {
        List<TextSpan> rest = new ArrayList<>();
        int skip = begin;
        for (TextSpan span : spans) {
            int length = span.text().length();
            if (skip < length) {
                rest.add(new TextSpan(span.text().substring(skip), span.trusted()));
            }
            skip = Math.max(0, skip - length);
        }
        return rest;
    }
}
