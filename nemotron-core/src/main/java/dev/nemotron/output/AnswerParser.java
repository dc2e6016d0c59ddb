package dev.nemotron.output;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Tells the text of one answer apart while it streams: reasoning, content and tool calls. The result does not depend on how
 * the text is cut into pieces, no part of a mark is ever passed on as text, and no text makes it fail. Time grows with the
 * length of the text only. For one thread.
 */
public final class AnswerParser {

    private final AnswerFormat format;
    private final AnswerRecorder recorder;
    private final TextWindow text = new TextWindow();
    private final CallSyntax syntax;
    private @Nullable ReasoningText reasoning;
    private String halfCharacter = "";
    private boolean finished;

    /**
     * At the beginning of an answer.
     *
     * @param format how the model writes it
     * @param sink takes what is found
     */
    public AnswerParser(AnswerFormat format, AnswerSink sink) {
        this(format, sink, new CallIds());
    }

    /**
     * At the beginning of an answer.
     *
     * @param format how the model writes it
     * @param sink takes what is found
     * @param callIds makes the ids of calls
     */
    public AnswerParser(AnswerFormat format, AnswerSink sink, Supplier<String> callIds) {
        this.format = format;
        this.recorder = new AnswerRecorder(sink, new DeclaredTools(format.tools()), callIds);
        this.syntax = CallSyntax.of(format.toolFormat(), recorder);
        ReasoningTags tags = format.reasoning();
        if (tags != null && format.start() != ReasoningStart.BEHIND && format.toolFormat() != ToolFormat.HARMONY) {
            boolean inside = format.start() == ReasoningStart.INSIDE;
            this.reasoning = new ReasoningText(tags, inside, syntax.openers(), recorder);
        }
    }

    /**
     * Takes the next piece of the answer. What the sink throws is passed on, and the answer cannot go on after it.
     *
     * @param piece any piece, possibly empty
     * @throws IllegalStateException after the end
     */
    public void accept(String piece) {
        if (finished) {
            throw new IllegalStateException("the answer has ended");
        }
        String whole = halfCharacter + piece;
        boolean half = !whole.isEmpty() && Character.isHighSurrogate(whole.charAt(whole.length() - 1));
        int length = whole.length() - (half ? 1 : 0);
        halfCharacter = whole.substring(length);
        text.append(whole.substring(0, length));
        read();
        recorder.flush();
    }

    private void read() {
        if (reasoning != null && reasoning.read(text)) {
            reasoning = null;
        }
        if (reasoning == null) {
            syntax.read(text);
        }
    }

    /**
     * Ends the answer.
     *
     * @return the whole of it
     * @throws IllegalStateException if it has ended before
     */
    public AnswerSummary finish() {
        accept("");
        finished = true;
        text.append(halfCharacter);
        text.end();
        read();
        syntax.finish();
        return recorder.finish(format.contentRequired());
    }
}
