package dev.nemotron.engine;

import dev.nemotron.ChatEvent;
import dev.nemotron.ChatResult;
import dev.nemotron.ChatStream;
import java.util.function.Supplier;

/**
 * An answer of a session. Closing it before its end waits until the engine has let go of the state, which the next turn
 * needs.
 */
final class SessionStream implements ChatStream {

    private final ChatStream answer;
    private final Runnable whenLost;
    private boolean over;

    /**
     * Watches an answer.
     *
     * @param answer the answer
     * @param whenLost what to do, once, when it fails or nobody waits for its end
     */
    SessionStream(ChatStream answer, Runnable whenLost) {
        this.answer = answer;
        this.whenLost = whenLost;
    }

    @Override
    public boolean hasNext() {
        return guarded(answer::hasNext);
    }

    @Override
    public ChatEvent next() {
        var _ = hasNext();
        return answer.next();
    }

    @Override
    public ChatResult result() {
        return guarded(answer::result);
    }

    private <T> T guarded(Supplier<T> call) {
        try {
            return call.get();
        } catch (RuntimeException failed) {
            if (!over) {
                over = true;
                whenLost.run();
            }
            throw failed;
        }
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
                result();
            } catch (RuntimeException failed) {
                // Closing is for those who want no answer; the failure has nobody to go to.
            }
            over = true;
        }
    }
}
