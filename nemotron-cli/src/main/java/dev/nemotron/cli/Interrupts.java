package dev.nemotron.cli;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * What Ctrl-C does in a conversation: it stops the answer that is being generated; when none is, or the same answer was
 * stopped before, it leaves. Safe for use by the signal thread and the conversation's thread.
 */
final class Interrupts {

    private final AtomicReference<@Nullable Runnable> running = new AtomicReference<>();
    private final Runnable leave;

    /**
     * Begins with no answer running.
     *
     * @param leave ends the process
     */
    Interrupts(Runnable leave) {
        this.leave = leave;
    }

    /**
     * Names the answer that the next interrupt stops.
     *
     * @param stop stops the answer
     */
    void watch(Runnable stop) {
        running.set(stop);
    }

    /** Forgets the answer, since it has ended. */
    void unwatch() {
        running.set(null);
    }

    /** Takes one Ctrl-C. */
    void interrupt() {
        Runnable stop = running.getAndSet(null);
        (stop == null ? leave : stop).run();
    }

    /**
     * Takes over the interrupt signal of this process. The class that can do this is not covered by the compiler's promise
     * of stability, so it is looked up by name; where it is missing, Ctrl-C ends the process as it does by default.
     */
    void install() {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            InvocationHandler onCall = (proxy, method, arguments) -> {
                if (method.getDeclaringClass() == Object.class) {
                    return method.invoke(this, arguments);
                }
                interrupt();
                return null;
            };
            Object listener = Proxy.newProxyInstance(handler.getClassLoader(), new Class<?>[] {handler}, onCall);
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance("INT"), listener);
        } catch (ReflectiveOperationException | IllegalArgumentException e) {
            System.getLogger(Interrupts.class.getName())
                    .log(System.Logger.Level.INFO, "Ctrl-C ends the process here", e);
        }
    }
}
