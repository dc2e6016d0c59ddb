package dev.nemotron.tokenizer;

import org.jspecify.annotations.Nullable;

/** One run of a tokenizer over one text, from the raw text down to the ids. Confined to one thread. */
final class Encoding {

    private static final char REPLACEMENT = 0xfffd;

    private final Tokenizer tokenizer;
    private final BytePairMerger merger;
    private final TokenBuffer ids = new TokenBuffer();

    Encoding(Tokenizer tokenizer) {
        this.tokenizer = tokenizer;
        this.merger = new BytePairMerger(tokenizer.model().merges());
    }

    void add(int id) {
        ids.add(id);
    }

    int[] ids() {
        return ids.slice(0);
    }

    /** Encodes a text, in which tokens are recognised where it is trusted; everywhere if that is null. */
    void text(String raw, @Nullable TrustedRanges trusted) {
        char[] text = wellFormed(raw);
        PieceSink pieces = trusted == null ? this::piece : this::pieceWithoutSpecials;
        tokenizer.added().raw().split(text, 0, text.length, trusted, new AddedTokenMatcher.Parts() {
            @Override
            public void text(int from, int to) {
                stretch(text, from, to, trusted, pieces);
            }

            @Override
            public void token(AddedToken token) {
                ids.add(token.id());
            }
        });
    }

    /** Encodes what lies between two added tokens. */
    private void stretch(char[] text, int from, int to, @Nullable TrustedRanges trusted, PieceSink pieces) {
        boolean first = from == 0;
        Normalizer normalizer = tokenizer.normalizer();
        if (normalizer == null) {
            normalized(text, from, to, trusted, first, pieces);
            return;
        }
        String original = new String(text, from, to - from);
        String rewritten = normalizer.normalize(original);
        if (rewritten.equals(original)) {
            normalized(text, from, to, trusted, first, pieces);
            return;
        }
        TrustedRanges carried =
                trusted == null || tokenizer.added().normalized().isEmpty()
                        ? trusted
                        : trusted.rewritten(text, from, to, rewritten, normalizer::normalize);
        normalized(rewritten.toCharArray(), 0, rewritten.length(), carried, first, pieces);
    }

    private void normalized(
            char[] text, int from, int to, @Nullable TrustedRanges trusted, boolean first, PieceSink pieces) {
        tokenizer.added().normalized().split(text, from, to, trusted, new AddedTokenMatcher.Parts() {
            @Override
            public void text(int a, int b) {
                tokenizer.preTokenizer().split(text, a, b, first && a == from, pieces);
            }

            @Override
            public void token(AddedToken token) {
                ids.add(token.id());
            }
        });
    }

    private void piece(char[] text, int from, int to, boolean first) {
        tokenizer.model().encode(text, from, to, merger, ids);
    }

    /** Encodes a piece; one whose merges or whose whole would be a special token is spelled instead. */
    private void pieceWithoutSpecials(char[] text, int from, int to, boolean first) {
        int begin = ids.size();
        piece(text, from, to, first);
        for (int i = begin; i < ids.size(); i++) {
            if (tokenizer.isSpecial(ids.get(i))
                    && ids.get(i) != tokenizer.model().unknownId()) {
                ids.truncate(begin);
                tokenizer.model().spell(text, from, to, merger, ids);
                return;
            }
        }
    }

    private static char[] wellFormed(String raw) {
        char[] text = raw.toCharArray();
        for (int i = 0; i < text.length; i++) {
            if (Character.isHighSurrogate(text[i]) && i + 1 < text.length && Character.isLowSurrogate(text[i + 1])) {
                i++;
            } else if (Character.isSurrogate(text[i])) {
                text[i] = REPLACEMENT;
            }
        }
        return text;
    }
}
