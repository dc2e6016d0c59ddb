package dev.nemotron.engine;

import dev.nemotron.ChatEvent;
import dev.nemotron.ChatMessage;
import dev.nemotron.ChatResult;
import dev.nemotron.ChatStream;
import dev.nemotron.FinishReason;
import dev.nemotron.Generation;
import dev.nemotron.GenerationResult;
import dev.nemotron.output.AnswerFormat;
import dev.nemotron.output.AnswerParser;
import dev.nemotron.output.AnswerSink;
import dev.nemotron.output.AnswerSummary;
import dev.nemotron.output.Diagnostic;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.NoSuchElementException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The caller's end of an answer to a conversation: reads the text of a generation as it comes. */
final class StreamedChat implements ChatStream, AnswerSink {

    private final Generation generation;
    private final AnswerParser parser;
    private final BooleanSupplier reasoningTruncated;
    private final Consumer<ChatResult> whenDone;
    private final Deque<ChatEvent> events = new ArrayDeque<>();
    private @Nullable ChatResult result;

    /**
     * Listens to a generation.
     *
     * @param generation the text
     * @param format how it is read
     * @param reasoningTruncated tells at the end whether the budget has ended the reasoning
     * @param whenDone takes the answer when it is whole
     */
    StreamedChat(
            Generation generation,
            AnswerFormat format,
            BooleanSupplier reasoningTruncated,
            Consumer<ChatResult> whenDone) {
        this.generation = generation;
        this.parser = new AnswerParser(format, this);
        this.reasoningTruncated = reasoningTruncated;
        this.whenDone = whenDone;
    }

    @Override
    public boolean hasNext() {
        while (events.isEmpty() && result == null) {
            if (generation.hasNext()) {
                parser.accept(generation.next().text());
            } else {
                finish();
            }
        }
        return !events.isEmpty();
    }

    private void finish() {
        GenerationResult generated = generation.result();
        AnswerSummary answer = parser.finish();
        boolean called = !answer.calls().isEmpty() && generated.finishReason() == FinishReason.STOP;
        String content = answer.content();
        ChatResult whole = new ChatResult(
                ChatMessage.assistant(content == null ? "" : content, answer.reasoning(), answer.calls()),
                called ? FinishReason.TOOL_CALLS : generated.finishReason(),
                reasoningTruncated.getAsBoolean(),
                answer.diagnostics().stream().map(Diagnostic::message).toList(),
                generated);
        result = whole;
        whenDone.accept(whole);
    }

    @Override
    public ChatEvent next() {
        if (!hasNext()) {
            throw new NoSuchElementException("the answer is complete");
        }
        return events.remove();
    }

    @Override
    public ChatResult result() {
        while (hasNext()) {
            events.clear();
        }
        return java.util.Objects.requireNonNull(result);
    }

    @Override
    public void cancel() {
        generation.cancel();
    }

    @Override
    public void close() {
        generation.close();
    }

    @Override
    public void reasoning(String text) {
        events.add(new ChatEvent.Reasoning(text));
    }

    @Override
    public void content(String text) {
        events.add(new ChatEvent.Content(text));
    }

    @Override
    public void callStarted(int index, String id, String name) {
        events.add(new ChatEvent.CallStarted(index, id, name));
    }

    @Override
    public void callArguments(int index, String jsonFragment) {
        events.add(new ChatEvent.CallArguments(index, jsonFragment));
    }

    @Override
    public void callEnded(int index) {
        events.add(new ChatEvent.CallEnded(index));
    }
}
