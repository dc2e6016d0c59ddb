package dev.nemotron.grammar;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Texts through a matcher: given ones, and random ones over its masks. */
final class Walks {

    private Walks() {}

    /** Whether a text is a whole sentence, byte by byte. */
    static boolean accepts(Grammar grammar, String text) {
        Matcher matcher = grammar.matcher(Vocabularies.END);
        for (byte value : text.getBytes(StandardCharsets.UTF_8)) {
            if (!matcher.allows(value & 0xff)) {
                return false;
            }
            matcher.accept(value & 0xff);
        }
        return matcher.complete();
    }

    /** Whether a text is a whole sentence, in the tokens that the vocabulary cuts it into. */
    static boolean acceptsTokens(Grammar grammar, String text) {
        Matcher matcher = grammar.matcher(Vocabularies.END);
        for (int token : grammar.vocabulary().encode(text)) {
            if (!matcher.allows(token)) {
                return false;
            }
            matcher.accept(token);
        }
        return matcher.complete();
    }

    /** Returns a random sentence; after {@code patience} tokens it is brought to its end by the shortest way found. */
    static String random(Grammar grammar, Random random, int patience) {
        Matcher matcher = grammar.matcher(Vocabularies.END);
        long[] mask = new long[(grammar.vocabulary().size() + 63) / 64];
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        for (int step = 0; ; step++) {
            matcher.fillMask(mask);
            int count = 0;
            for (long word : mask) {
                count += Long.bitCount(word);
            }
            if (count == 0) {
                throw new AssertionError("nothing can follow: " + text.toString(StandardCharsets.UTF_8));
            }
            boolean mayEnd = (mask[Vocabularies.END >> 6] >>> Vocabularies.END & 1) != 0;
            if (mayEnd != matcher.complete()) {
                throw new AssertionError("the end is in the mask where it must not be, or the other way round");
            }
            if (mayEnd && (count == 1 || random.nextInt(4) == 0)) {
                return text.toString(StandardCharsets.UTF_8);
            }
            if (step > patience) {
                finish(matcher, text, random, mask);
                return text.toString(StandardCharsets.UTF_8);
            }
            int token = nth(mask, random.nextInt(count));
            if (token == Vocabularies.END) {
                return text.toString(StandardCharsets.UTF_8);
            }
            matcher.accept(token);
            text.writeBytes(written(grammar, token));
        }
    }

    /** Brings a text to its end by as few bytes as possible. */
    static void finish(Matcher matcher, ByteArrayOutputStream text, Random random, long[] mask) {
        Automaton automaton = matcher.grammar().automaton();
        for (int round = 0; round < 1000; round++) {
            boolean free = true;
            for (int symbol : shortest(automaton, matcher.configuration())) {
                int token = symbol < 256
                        ? symbol
                        : automaton.network().alphabet().markerTokens()[symbol - Alphabet.MARKERS];
                free = matcher.allows(token);
                if (!free) {
                    break;
                }
                matcher.accept(token);
                text.writeBytes(written(matcher.grammar(), token));
            }
            if (free && matcher.complete()) {
                return;
            }
            // A key is there already: it needs another character.
            matcher.fillMask(mask);
            int token = 0;
            do {
                token = 'a' + random.nextInt(26);
            } while (!matcher.allows(token));
            matcher.accept(token);
            text.write(token);
        }
        throw new AssertionError("no end: " + text.toString(StandardCharsets.UTF_8));
    }

    /** Returns the bytes of a token, and of a marker its text. */
    static byte[] written(Grammar grammar, int token) {
        for (String marker : List.of("<tool_call>", "</tool_call>", "<TOOLCALL>", "</TOOLCALL>", "<|python_tag|>")) {
            if (grammar.vocabulary().marker(marker) == token) {
                return marker.getBytes(StandardCharsets.UTF_8);
            }
        }
        return grammar.vocabulary().bytes(token);
    }

    private record Step(@Nullable Step before, Configuration configuration, int symbol) {}

    private static List<Integer> shortest(Automaton automaton, Configuration from) {
        Deque<Step> work = new ArrayDeque<>(List.of(new Step(null, from, -1)));
        Set<Configuration> seen = new HashSet<>(Set.of(from));
        while (!work.isEmpty() && seen.size() < 100_000) {
            Step step = work.remove();
            if (step.configuration().complete()) {
                Deque<Integer> symbols = new ArrayDeque<>();
                for (Step at = step; at != null && at.symbol() >= 0; at = at.before()) {
                    symbols.addFirst(at.symbol());
                }
                return List.copyOf(symbols);
            }
            int markers = automaton.network().alphabet().markerTokens().length;
            for (int symbol = 0; symbol < 256 + markers; symbol++) {
                Configuration next = automaton.step(step.configuration(), symbol);
                if (!next.dead() && seen.add(next)) {
                    work.add(new Step(step, next, symbol));
                }
            }
        }
        throw new AssertionError("no way to the end");
    }

    static int nth(long[] mask, int index) {
        int left = index;
        for (int word = 0; word < mask.length; word++) {
            int here = Long.bitCount(mask[word]);
            if (left < here) {
                long rest = mask[word];
                for (; left > 0; left--) {
                    rest &= rest - 1;
                }
                return word * Long.SIZE + Long.numberOfTrailingZeros(rest);
            }
            left -= here;
        }
        throw new IllegalArgumentException("fewer than " + index + " bits");
    }
}
