package dev.nemotron.tokenizer;

import dev.nemotron.ModelFormatException;
import dev.nemotron.UnsupportedModelException;
import dev.nemotron.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * The byte-pair encoding of one piece of text. A piece is taken as a whole if the model says so and it is a token;
 * otherwise it is taken apart into bytes or characters, which are merged. Thread-safe.
 */
final class BytePairModel {

    private final Vocabulary vocabulary;
    private final MergeTable merges;
    private final boolean byteLevel;
    private final boolean ignoreMerges;
    private final boolean byteFallback;
    private final boolean fuseUnknown;
    private final int unknownId;
    private final int[] byteIds = new int[256];
    private final boolean allBytesKnown;
    private final PieceCache cache = new PieceCache();

    /**
     * Reads a model.
     *
     * @param model the object {@code model} of a tokenizer file
     * @param vocabulary its vocabulary
     * @param byteLevel whether the bytes of a piece are written in the {@link ByteAlphabet} first
     * @throws ModelFormatException if it contradicts itself
     * @throws UnsupportedModelException if it asks for something that byte-pair models of this family do not use
     */
    BytePairModel(JsonObject model, Vocabulary vocabulary, boolean byteLevel) {
        this.vocabulary = vocabulary;
        this.merges = MergeTable.read(model, vocabulary);
        this.byteLevel = byteLevel;
        this.ignoreMerges = model.flag("ignore_merges", false);
        this.byteFallback = model.flag("byte_fallback", false);
        this.fuseUnknown = model.flag("fuse_unk", false);
        for (String key : new String[] {"continuing_subword_prefix", "end_of_word_suffix"}) {
            String value = model.string(key);
            if (value != null && !value.isEmpty()) {
                throw new UnsupportedModelException(model.source() + ": \"" + model.path() + "." + key
                        + "\" is not supported, only models without it are");
            }
        }
        double dropout = model.number("dropout", 0);
        if (dropout != 0) {
            throw new UnsupportedModelException(model.source() + ": \"" + model.path() + ".dropout\" is " + dropout
                    + ", only null or 0 is supported");
        }
        String unknown = model.string("unk_token");
        this.unknownId = unknown == null ? -1 : vocabulary.id(unknown);
        if (unknown != null && unknownId < 0) {
            throw model.wrong("unk_token", "a token of the vocabulary", unknown);
        }
        boolean all = true;
        for (int b = 0; b < 256; b++) {
            byteIds[b] = vocabulary.id(
                    byteLevel ? String.valueOf(ByteAlphabet.character(b)) : String.format(Locale.ROOT, "<0x%02X>", b));
            all &= byteIds[b] >= 0;
        }
        this.allBytesKnown = all;
    }

    /** Returns the id of what no token covers, or -1. */
    int unknownId() {
        return unknownId;
    }

    MergeTable merges() {
        return merges;
    }

    /**
     * Encodes a piece.
     *
     * @param text holds the piece
     * @param from where it begins
     * @param to where it ends, exclusive
     * @param merger scratch of the calling thread, on {@link #merges}
     * @param out takes the ids
     */
    void encode(char[] text, int from, int to, BytePairMerger merger, TokenBuffer out) {
        if (to - from > PieceCache.MAX_LENGTH) {
            encodeUncached(text, from, to, merger, out);
            return;
        }
        int slot = PieceCache.slot(text, from, to);
        int[] known = cache.find(slot, text, from, to);
        if (known == null) {
            int begin = out.size();
            encodeUncached(text, from, to, merger, out);
            cache.put(slot, text, from, to, out.slice(begin));
        } else {
            out.addAll(known);
        }
    }

    private void encodeUncached(char[] text, int from, int to, BytePairMerger merger, TokenBuffer out) {
        if (ignoreMerges) {
            int whole =
                    vocabulary.id(byteLevel ? ByteAlphabet.write(text, from, to) : new String(text, from, to - from));
            if (whole >= 0) {
                out.add(whole);
                return;
            }
        }
        takeApart(text, from, to, merger);
        merger.merge(out);
    }

    /** Encodes a piece as its smallest parts: bytes, or characters where the model has no bytes. */
    void spell(char[] text, int from, int to, BytePairMerger merger, TokenBuffer out) {
        takeApart(text, from, to, merger);
        merger.copy(out);
    }

    private void takeApart(char[] text, int from, int to, BytePairMerger merger) {
        merger.clear();
        if (!byteLevel) {
            characters(new String(text, from, to - from), merger);
        } else if (allBytesKnown) {
            bytes(text, from, to, merger);
        } else {
            characters(ByteAlphabet.write(text, from, to), merger);
        }
    }

    private void bytes(char[] text, int from, int to, BytePairMerger merger) {
        for (int i = from; i < to; i++) {
            int c = text[i];
            if (c < 0x80) {
                merger.add(byteIds[c]);
            } else if (c < 0x800) {
                merger.add(byteIds[0xc0 | (c >> 6)]);
                merger.add(byteIds[0x80 | (c & 0x3f)]);
            } else if (!Character.isHighSurrogate((char) c)) {
                merger.add(byteIds[0xe0 | (c >> 12)]);
                merger.add(byteIds[0x80 | ((c >> 6) & 0x3f)]);
                merger.add(byteIds[0x80 | (c & 0x3f)]);
            } else {
                int codePoint = Character.toCodePoint((char) c, text[++i]);
                merger.add(byteIds[0xf0 | (codePoint >> 18)]);
                merger.add(byteIds[0x80 | ((codePoint >> 12) & 0x3f)]);
                merger.add(byteIds[0x80 | ((codePoint >> 6) & 0x3f)]);
                merger.add(byteIds[0x80 | (codePoint & 0x3f)]);
            }
        }
    }

    private void characters(String piece, BytePairMerger merger) {
        boolean pendingUnknown = false;
        for (int i = 0; i < piece.length(); ) {
            int codePoint = piece.codePointAt(i);
            i += Character.charCount(codePoint);
            String character = Character.toString(codePoint);
            int id = vocabulary.id(character);
            if (id >= 0) {
                if (pendingUnknown) {
                    merger.add(unknownId);
                    pendingUnknown = false;
                }
                merger.add(id);
            } else if (!(byteFallback && addBytes(character, merger)) && unknownId >= 0) {
                if (pendingUnknown && !fuseUnknown) {
                    merger.add(unknownId);
                }
                pendingUnknown = true;
            }
        }
        if (pendingUnknown) {
            merger.add(unknownId);
        }
    }

    /** Adds the byte tokens of a character, all or none. */
    private boolean addBytes(String character, BytePairMerger merger) {
        byte[] utf8 = character.getBytes(StandardCharsets.UTF_8);
        int[] fallback = new int[utf8.length];
        for (int i = 0; i < utf8.length; i++) {
            fallback[i] = byteLevel
                    ? vocabulary.id(String.format(Locale.ROOT, "<0x%02X>", utf8[i]))
                    : byteIds[utf8[i] & 0xff];
            if (fallback[i] < 0) {
                return false;
            }
        }
        for (int id : fallback) {
            merger.add(id);
        }
        return true;
    }
}
