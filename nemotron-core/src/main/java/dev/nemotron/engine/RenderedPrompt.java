package dev.nemotron.engine;

import dev.nemotron.output.ReasoningStart;
import dev.nemotron.output.ReasoningTags;
import dev.nemotron.tokenizer.TextSpan;
import java.util.List;

/**
 * A conversation as the model is given it.
 *
 * @param spans the text, cut into what the template wrote and what came with the conversation
 * @param start where the model goes on
 */
record RenderedPrompt(List<TextSpan> spans, ReasoningStart start) {

    RenderedPrompt {
        spans = List.copyOf(spans);
    }

    /** A prompt that ends as the template ends it; what came with the messages cannot open the reasoning. */
    static RenderedPrompt of(List<TextSpan> spans) {
        boolean open = spans.isEmpty() || !spans.getLast().trusted();
        return new RenderedPrompt(
                spans,
                open
                        ? ReasoningStart.OPEN
                        : ReasoningStart.after(spans.getLast().text(), ReasoningTags.THINK));
    }

    /** A prompt that ends inside the model's turn, with text of the caller's. */
    static RenderedPrompt continuing(List<TextSpan> spans, String field, String begun) {
        boolean inside = !field.equals("content")
                || begun.lastIndexOf(ReasoningTags.THINK.open()) > begun.lastIndexOf(ReasoningTags.THINK.close());
        return new RenderedPrompt(spans, inside ? ReasoningStart.INSIDE : ReasoningStart.BEHIND);
    }

    String text() {
        StringBuilder text = new StringBuilder();
        spans.forEach(span -> text.append(span.text()));
        return text.toString();
    }
}
