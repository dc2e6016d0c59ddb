package dev.nemotron.examples;

import dev.nemotron.ChatEvent;
import dev.nemotron.ChatMessage;
import dev.nemotron.ChatRequest;
import dev.nemotron.ChatResult;
import dev.nemotron.ChatStream;
import dev.nemotron.FinishReason;
import dev.nemotron.Model;
import dev.nemotron.tiny.TinyModel;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Shows text while it is generated, and ends an answer that takes too long. */
public final class Streaming {

    private Streaming() {}

    /**
     * Streams an answer for at most ten seconds.
     *
     * @param args none
     */
    public static void main(String... args) {
        ChatRequest request = ChatRequest.of(ChatMessage.user("What is 347 + 285?"))
                .maxTokens(200)
                .build();
        try (Model model = Model.load(TinyModel.path())) {
            ChatResult result = stream(model, request, Duration.ofSeconds(10), System.out::print);
            System.out.println();
            System.out.println(
                    result.finishReason() == FinishReason.CANCELLED
                            ? "(stopped after ten seconds)"
                            : "(" + result.usage().generatedTokens() + " tokens)");
        }
    }

    /**
     * Passes an answer on while it is generated. Another thread cancels it when the time is up: the loop then ends by itself,
     * within one token, and the text so far is kept.
     *
     * @param model who answers
     * @param request what is asked
     * @param limit how long it may take
     * @param listener receives the text, piece by piece
     * @return the answer, or as much of it as there was time for
     */
    public static ChatResult stream(Model model, ChatRequest request, Duration limit, Consumer<String> listener) {
        try (ChatStream answer = model.stream(request)) {
            CompletableFuture<Void> alarm = CompletableFuture.runAsync(
                    answer::cancel, CompletableFuture.delayedExecutor(limit.toMillis(), TimeUnit.MILLISECONDS));
            while (answer.hasNext()) {
                if (answer.next() instanceof ChatEvent.Content(String text)) {
                    listener.accept(text);
                }
            }
            alarm.cancel(false);
            return answer.result();
        }
    }
}
