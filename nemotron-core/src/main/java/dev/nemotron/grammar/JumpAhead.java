package dev.nemotron.grammar;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Finds the tokens that a grammar leaves no choice about. */
final class JumpAhead {

    private static final int MAX_BYTES = 4096;

    private final TokenTrie vocabulary;
    private final Automaton automaton;
    private final int[] markerTokens;
    private final IntList tokens = new IntList();
    private final ByteArrayOutputStream text = new ByteArrayOutputStream();

    JumpAhead(TokenTrie vocabulary, Automaton automaton, int[] markerTokens) {
        this.vocabulary = vocabulary;
        this.automaton = automaton;
        this.markerTokens = markerTokens;
    }

    /** Returns the tokens that follow what a matcher has seen. */
    int[] from(Matcher matcher) {
        Configuration at = matcher.configuration();
        Configuration textBegin = at;
        int symbol = only(at);
        for (int count = 0; symbol >= 0 && count < MAX_BYTES; count++) {
            Configuration next = automaton.step(at, symbol);
            if (symbol >= Alphabet.MARKERS) {
                flush(null);
                tokens.add(markerTokens[symbol - Alphabet.MARKERS]);
                textBegin = next;
            } else {
                text.write(symbol);
            }
            at = next;
            symbol = only(at);
        }
        if (text.size() > 0 && textBegin != at) {
            flush(at);
        }
        return allowedOnly(matcher);
    }

    /** Returns the tokens of symbols that follow what a matcher has seen, as far as they are allowed. */
    int[] of(int[] symbols, Matcher matcher) {
        for (int symbol : symbols) {
            if (symbol >= Alphabet.MARKERS) {
                flush(null);
                tokens.add(markerTokens[symbol - Alphabet.MARKERS]);
            } else {
                text.write(symbol);
            }
        }
        flush(null);
        return allowedOnly(matcher);
    }

    /** Repeated keys are no part of the automaton. */
    private int[] allowedOnly(Matcher matcher) {
        Matcher copy = tokens.size() == 0 ? matcher : matcher.copy();
        for (int i = 0; i < tokens.size(); i++) {
            if (!copy.allows(tokens.get(i))) {
                return java.util.Arrays.copyOf(tokens.toArray(), i);
            }
            copy.accept(tokens.get(i));
        }
        return tokens.toArray();
    }

    /** Returns the only symbol that can follow, or -1 if there are several, or the text may end. */
    private int only(Configuration at) {
        Network network = automaton.network();
        int only = -1;
        for (int place = 0; place < at.size() && !at.complete(); place++) {
            for (int edge = network.firstEdge(at.state(place)); edge < network.endOfEdges(at.state(place)); edge++) {
                if (network.low(edge) < 0) {
                    continue;
                }
                if (network.low(edge) != network.high(edge) || (only >= 0 && only != network.low(edge))) {
                    return -1;
                }
                only = network.low(edge);
            }
        }
        return only;
    }

    /** Cuts the text into tokens; {@code end} is where it ends, or null if a marker follows. */
    private void flush(@Nullable Configuration end) {
        byte[] bytes = text.toByteArray();
        text.reset();
        int from = 0;
        for (int token : encoded(bytes)) {
            if (end != null && !end.stuck() && canGoOn(bytes, from, end)) {
                return;
            }
            tokens.add(token);
            from += vocabulary.bytes(token).length;
        }
    }

    /** Returns the tokens of a text; none if the vocabulary does not give exactly this text back. */
    private int[] encoded(byte[] bytes) {
        int whole = bytes.length;
        while (whole > 0 && !isText(bytes, whole)) {
            whole--;
        }
        int[] encoded = vocabulary.encode(new String(bytes, 0, whole, StandardCharsets.UTF_8));
        int at = 0;
        for (int token : encoded) {
            byte[] part = vocabulary.bytes(token);
            if (part.length == 0 || at + part.length > whole || mismatch(bytes, at, part)) {
                return new int[0];
            }
            at += part.length;
        }
        return at == whole ? encoded : new int[0];
    }

    private static boolean isText(byte[] bytes, int length) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, 0, length));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    private static boolean mismatch(byte[] bytes, int from, byte[] part) {
        return !java.util.Arrays.equals(bytes, from, from + part.length, part, 0, part.length);
    }

    /** Whether some token begins with the rest of the text and goes on in a way that can follow. */
    private boolean canGoOn(byte[] bytes, int from, Configuration end) {
        if (bytes.length - from >= vocabulary.longest()) {
            return false;
        }
        return canGoOn(vocabulary.shortText(), bytes, from, end)
                || canGoOn(vocabulary.longText(), bytes, from, end)
                || canGoOn(vocabulary.others(), bytes, from, end);
    }

    private boolean canGoOn(TrieSlice slice, byte[] bytes, int from, Configuration end) {
        TrieSlice.Range range = slice.find(bytes, from, bytes.length);
        int above = bytes.length - from;
        Configuration[] path = new Configuration[vocabulary.longest() + 1];
        path[above] = end;
        for (int node = range.children(); node < range.end(); ) {
            Configuration next = automaton.step(path[slice.depth(node) - 1], slice.value(node));
            if (next.dead()) {
                node = slice.end(node);
            } else if (slice.token(node) >= 0) {
                return true;
            } else {
                path[slice.depth(node++)] = next;
            }
        }
        return false;
    }
}
