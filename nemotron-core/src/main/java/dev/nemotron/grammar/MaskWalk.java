package dev.nemotron.grammar;

/** Finds the tokens that can follow a configuration, ignoring repeated keys. Has scratch, for one thread at a time. */
final class MaskWalk {

    private final Automaton automaton;
    private final TokenTrie vocabulary;
    private final int[] markerTokens;
    private final PlainText plainText;
    private final Configuration[] path;

    MaskWalk(Automaton automaton, TokenTrie vocabulary, int[] markerTokens) {
        this.automaton = automaton;
        this.vocabulary = vocabulary;
        this.markerTokens = markerTokens;
        this.plainText = new PlainText(automaton);
        this.path = new Configuration[vocabulary.longest() + 1];
    }

    /** Sets the bits of the tokens that can follow and clears all others. */
    void fill(Configuration from, long[] allowed) {
        TokenMask mask = from.mask;
        if (mask != null) {
            mask.copyTo(allowed);
            return;
        }
        java.util.Arrays.fill(allowed, 0);
        if (!from.stuck()) {
            compute(from, allowed);
            automaton.masks().keep(from, TokenMask.of(allowed));
        }
    }

    private void compute(Configuration from, long[] allowed) {
        int plain = plainText.length(from);
        if (plain >= TokenTrie.SHORT_TEXT) {
            vocabulary.shortText().addAll(allowed);
        } else {
            vocabulary.shortText().addFitting(automaton, from, allowed, path);
        }
        if (plain >= PlainText.MOST) {
            vocabulary.longText().addAll(allowed);
        } else {
            vocabulary.longText().addFitting(automaton, from, allowed, path);
        }
        vocabulary.others().addFitting(automaton, from, allowed, path);
        for (int marker = 0; marker < markerTokens.length; marker++) {
            if (!automaton.step(from, Alphabet.MARKERS + marker).dead()) {
                allowed[markerTokens[marker] >> 6] |= 1L << markerTokens[marker];
            }
        }
    }
}
