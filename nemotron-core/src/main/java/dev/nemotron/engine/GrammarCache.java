package dev.nemotron.engine;

import dev.nemotron.GenerationCancelledException;
import dev.nemotron.OutputFormat;
import dev.nemotron.Tool;
import dev.nemotron.grammar.Grammar;
import dev.nemotron.grammar.TokenTrie;
import dev.nemotron.grammar.ToolGrammar;
import dev.nemotron.output.ToolFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The grammars that were used last: applications ask for the same few forms again and again. Thread-safe. */
final class GrammarCache {

    private static final int MAX_GRAMMARS = 64;

    private final Supplier<TokenTrie> spelled;
    private @Nullable TokenTrie vocabulary;
    private final Map<Object, FutureTask<Grammar>> grammars = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Object, FutureTask<Grammar>> eldest) {
            return size() > MAX_GRAMMARS;
        }
    };

    private record Calls(ToolFormat format, List<Tool> tools, boolean several, boolean behindOpener) {}

    /**
     * Empty.
     *
     * @param spelled gives the vocabulary, which is made when the first form is asked for
     */
    GrammarCache(Supplier<TokenTrie> spelled) {
        this.spelled = spelled;
    }

    /** The grammar of a form. */
    Grammar of(OutputFormat format) {
        return cached(format, () -> Grammar.compile(format, vocabulary()));
    }

    /** The grammar of calls of tools, from the beginning or from behind the opener of the first one. */
    Grammar ofCalls(ToolFormat format, List<Tool> tools, boolean several, boolean behindOpener) {
        return cached(
                new Calls(format, tools, several, behindOpener),
                () -> ToolGrammar.compile(
                        vocabulary(),
                        format,
                        tools,
                        behindOpener ? ToolGrammar.Start.AFTER_OPENER : ToolGrammar.Start.CALL,
                        several));
    }

    /** Whoever asks first compiles, and only those who ask for the same wait: some forms take seconds. */
    Grammar cached(Object key, Callable<Grammar> compile) {
        FutureTask<Grammar> own = new FutureTask<>(compile);
        FutureTask<Grammar> known;
        synchronized (grammars) {
            known = grammars.putIfAbsent(key, own);
        }
        if (known == null) {
            own.run();
        }
        FutureTask<Grammar> task = known == null ? own : known;
        try {
            return task.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new GenerationCancelledException("interrupted while the form of an answer was compiled");
        } catch (ExecutionException e) {
            synchronized (grammars) {
                grammars.remove(key, task);
            }
            throw thrown(e.getCause());
        }
    }

    private static RuntimeException thrown(@Nullable Throwable cause) {
        return switch (cause) {
            case RuntimeException failure -> failure;
            case Error failure -> throw failure;
            case null, default -> new IllegalStateException(cause);
        };
    }

    private synchronized TokenTrie vocabulary() {
        TokenTrie trie = vocabulary;
        if (trie == null) {
            trie = spelled.get();
            vocabulary = trie;
        }
        return trie;
    }
}
