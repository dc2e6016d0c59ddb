package dev.nemotron.engine;

import dev.nemotron.ChatEvent;
import dev.nemotron.ChatResult;
import dev.nemotron.ChatStream;

/**
 * An answer of a session. Closing it before its end waits until the engine has let go of the state, which the next turn
 * needs.
 */
final class SessionStream implements ChatStream {

    private final ChatStream answer;
    private final Runnable whenOver;
    private boolean over;

    SessionStream(ChatStream answer, Runnable whenOver) {
        this.answer = answer;
        this.whenOver = whenOver;
    }

    @Override
    public boolean hasNext() {
        return guarded(answer::hasNext);
    }

    @Override
    public ChatEvent next() {
        return guarded(answer::next);
    }

    @Override
    public ChatResult result() {
        return guarded(answer::result);
    }

    private <T> T guarded(java.util.function.Supplier<T> call) {
        try {
            return call.get();
        } catch (dev.nemotron.NemotronException failed) {
            end();
            throw failed;
        }
    }

    private void end() {
        over = true;
        whenOver.run();
    }

    @Override
    public void cancel() {
        answer.cancel();
    }

    @Override
    public void close() {
        answer.cancel();
        if (!over) {
            try {
                answer.result();
            } catch (RuntimeException failed) {
                // Closing is for those who want no answer; the failure has nobody to go to.
            }
            end();
        }
    }
}
