package dev.nemotron.engine;

import dev.nemotron.OutputFormat;
import dev.nemotron.Tool;
import dev.nemotron.grammar.Grammar;
import dev.nemotron.grammar.TokenTrie;
import dev.nemotron.output.ToolFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The grammars that were used last: applications ask for the same few forms again and again. Thread-safe. */
final class GrammarCache {

    private static final int MAX_GRAMMARS = 64;

    private final TextSide text;
    private @Nullable TokenTrie vocabulary;
    private final Map<Object, Grammar> grammars = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Object, Grammar> eldest) {
            return size() > MAX_GRAMMARS;
        }
    };

    private record Calls(ToolFormat format, List<Tool> tools, boolean several, boolean behindOpener) {}

    GrammarCache(TextSide text) {
        this.text = text;
    }

    /** The grammar of a form. */
    Grammar of(OutputFormat format) {
        return cached(format, () -> Grammar.compile(format, vocabulary()));
    }

    /** The grammar of calls of tools, from the beginning or from behind the opener of the first one. */
    Grammar ofCalls(ToolFormat format, List<Tool> tools, boolean several, boolean behindOpener) {
        return cached(
                new Calls(format, tools, several, behindOpener),
                () -> CallGrammars.compile(format, tools, several, behindOpener, vocabulary()));
    }

    private synchronized Grammar cached(Object key, Supplier<Grammar> compile) {
        Grammar known = grammars.get(key);
        if (known == null) {
            known = compile.get();
            grammars.put(key, known);
        }
        return known;
    }

    private TokenTrie vocabulary() {
        TokenTrie trie = vocabulary;
        if (trie == null) {
            trie = TokenTrie.of(text.requireTokenizer("a bound answer"));
            vocabulary = trie;
        }
        return trie;
    }
}
