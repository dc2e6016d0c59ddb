package dev.nemotron.tokenizer;

import dev.nemotron.ModelFormatException;
import dev.nemotron.UnsupportedModelException;
import dev.nemotron.json.Json;
import dev.nemotron.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Text to token ids and back, as a model folder's {@code tokenizer.json} says. Immutable and thread-safe.
 *
 * <p>The file alone decides: {@code add_bos_token} of {@code tokenizer_config.json} is the wish of an older format, and the
 * post-processor says what is really added. Truncation and padding settings of the file are ignored.
 */
public final class Tokenizer {

    private final Vocabulary vocabulary;
    private final AddedTokens addedTokens;
    private final BitSet special = new BitSet();
    private final @Nullable Normalizer normalizer;
    private final PreTokenizer preTokenizer;
    private final BytePairModel model;
    private final PostProcessor postProcessor;
    private final @Nullable Decoder decoder;
    private final boolean byteLevelDecoder;

    private Tokenizer(JsonObject file) {
        JsonObject modelSpec = TokenizerFile.model(file);
        JsonObject normalizerSpec = file.object("normalizer");
        JsonObject decoderSpec = file.object("decoder");
        PreTokenizerReader preTokenizerSpec = PreTokenizerReader.read(file.object("pre_tokenizer"));
        vocabulary = Vocabulary.read(modelSpec);
        model = new BytePairModel(modelSpec, vocabulary, preTokenizerSpec.byteLevel());
        normalizer = normalizerSpec == null ? null : Normalizer.read(normalizerSpec);
        preTokenizer = preTokenizerSpec.cuts();
        addedTokens = AddedTokens.read(file, vocabulary, normalizer);
        for (AddedToken token : addedTokens.all()) {
            special.set(token.id(), token.special());
        }
        postProcessor = PostProcessor.read(file.object("post_processor"));
        Stream.concat(postProcessor.before().stream(), postProcessor.after().stream())
                .filter(id -> vocabulary.token(id) == null)
                .findFirst()
                .ifPresent(id -> {
                    throw file.wrong("post_processor", "one that adds known tokens", (long) id);
                });
        decoder = decoderSpec == null ? null : Decoder.read(decoderSpec);
        byteLevelDecoder =
                decoderSpec != null && TokenizerFile.type(decoderSpec).equals("ByteLevel");
    }

    /**
     * Reads the tokenizer of a model folder.
     *
     * @param modelFolder the folder that holds {@code tokenizer.json}
     * @return the tokenizer
     * @throws ModelFormatException if the file is missing, damaged, or contradicts itself
     * @throws UnsupportedModelException if it is not a byte-pair encoding, or names a component that is not supported
     */
    public static Tokenizer load(Path modelFolder) {
        return new Tokenizer(Json.readObject(modelFolder.resolve("tokenizer.json")));
    }

    /**
     * Reads a tokenizer.
     *
     * @param json the content of a {@code tokenizer.json}
     * @param source where it comes from, for messages
     * @return the tokenizer
     * @throws ModelFormatException if it is damaged or contradicts itself
     * @throws UnsupportedModelException if it is not a byte-pair encoding, or names a component that is not supported
     */
    public static Tokenizer parse(byte[] json, String source) {
        return new Tokenizer(Json.parseObject(json, source));
    }

    /**
     * Encodes a text in which added tokens are recognised wherever they stand. Takes time about linear in the length,
     * also for a single long word. A surrogate without its partner counts as U+FFFD.
     *
     * @param text the text
     * @param addSpecialTokens whether the post-processor's tokens, such as a beginning-of-sequence, are put around it
     * @return the token ids
     * @throws ModelFormatException if a regular expression of the file fails on this text; those of published models do not
     */
    public int[] encode(String text, boolean addSpecialTokens) {
        return encode(text, null, addSpecialTokens);
    }

    /**
     * Encodes a text of trusted and untrusted spans. The spans are cut and merged as the one text that they form, but
     * added tokens are recognised only where all of their text is trusted, and no special token comes out of untrusted
     * text.
     *
     * @param spans the spans, in order
     * @param addSpecialTokens whether the post-processor's tokens are put around the text
     * @return the token ids
     * @throws ModelFormatException if a regular expression of the file fails on this text; those of published models do not
     */
    public int[] encode(List<TextSpan> spans, boolean addSpecialTokens) {
        StringBuilder text = new StringBuilder();
        spans.forEach(span -> text.append(span.text()));
        return encode(text.toString(), TrustedRanges.of(spans), addSpecialTokens);
    }

    private int[] encode(String text, @Nullable TrustedRanges trusted, boolean addSpecialTokens) {
        Encoding encoding = new Encoding(this);
        if (addSpecialTokens) {
            postProcessor.before().forEach(encoding::add);
        }
        encoding.text(text, trusted);
        if (addSpecialTokens) {
            postProcessor.after().forEach(encoding::add);
        }
        return encoding.ids();
    }

    /**
     * Decodes token ids.
     *
     * @param ids the ids; those without a token, as padded vocabularies have, stand for nothing
     * @param skipSpecialTokens whether special tokens are left out
     * @return the text; bytes that are not UTF-8 become U+FFFD
     */
    public String decode(int[] ids, boolean skipSpecialTokens) {
        StreamingDecoder stream = stream(skipSpecialTokens);
        for (int id : ids) {
            stream.push(id);
        }
        return stream.finish();
    }

    /**
     * Opens a decoder for one text that is generated token by token.
     *
     * @param skipSpecialTokens whether special tokens are left out
     * @return the decoder
     */
    public StreamingDecoder stream(boolean skipSpecialTokens) {
        return new StreamingDecoder(this, decoder, skipSpecialTokens);
    }

    /**
     * Returns the number of ids.
     *
     * @return the largest id that has a token, plus one; a model's embedding may be padded to more
     */
    public int vocabularySize() {
        return vocabulary.size();
    }

    /**
     * Looks up a token.
     *
     * @param token the token as the file writes it, for example {@code "<|im_end|>"} or {@code "Ġthe"}
     * @return its id, or nothing if there is no such token
     */
    public OptionalInt id(String token) {
        int id = vocabulary.id(token);
        return id < 0 ? OptionalInt.empty() : OptionalInt.of(id);
    }

    /**
     * Returns the token of an id.
     *
     * @param id an id
     * @return the token as the file writes it
     * @throws IllegalArgumentException if no token has the id
     */
    public String token(int id) {
        String token = vocabulary.token(id);
        if (token == null) {
            throw new IllegalArgumentException(
                    "no token has the id " + id + ", the largest is " + (vocabulary.size() - 1));
        }
        return token;
    }

    /**
     * Tells whether an id has a token. Models have rows for more ids than their vocabularies have tokens.
     *
     * @param id any number
     * @return whether there is a token
     */
    public boolean has(int id) {
        return id >= 0 && id < vocabulary.size() && vocabulary.token(id) != null;
    }

    /** Returns what decoding starts from: the token, in its normalised form if that is how it is recognised. */
    @Nullable
    String decodable(int id) {
        String rewritten = addedTokens.rewritten().get(id);
        return rewritten == null ? vocabulary.token(id) : rewritten;
    }

    /**
     * Returns what a token adds to a text, in UTF-8; it may begin or end within a character.
     *
     * @param id an id
     * @return its bytes
     * @throws IllegalArgumentException if no token has the id
     */
    public byte[] bytes(int id) {
        String token = addedTokens.rewritten().getOrDefault(id, token(id));
        if (byteLevelDecoder) {
            return ByteAlphabet.read(token);
        }
        int fallback = ByteFallbackDecoder.byteOf(token);
        if (fallback >= 0) {
            return new byte[] {(byte) fallback};
        }
        // What the beginning of a text loses, such as a space put there by the encoding, is kept by the second of two.
        String once = decode(new int[] {id}, false);
        String twice = decode(new int[] {id, id}, false);
        return (twice.startsWith(once) ? twice.substring(once.length()) : once).getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Tells whether decoding can leave a token out.
     *
     * @param id any id
     * @return whether it is a special token
     */
    public boolean isSpecial(int id) {
        return id >= 0 && special.get(id);
    }

    /**
     * Returns the tokens that are recognised in raw text.
     *
     * @return the added tokens, in the order of the file
     */
    public List<AddedToken> addedTokens() {
        return addedTokens.all();
    }

    AddedTokens added() {
        return addedTokens;
    }

    @Nullable
    Normalizer normalizer() {
        return normalizer;
    }

    PreTokenizer preTokenizer() {
        return preTokenizer;
    }

    BytePairModel model() {
        return model;
    }
}
