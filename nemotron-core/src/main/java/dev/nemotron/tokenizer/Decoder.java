package dev.nemotron.tokenizer;

import dev.nemotron.ModelFormatException;
import dev.nemotron.UnsupportedModelException;
import dev.nemotron.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/**
 * Turns tokens into text. A decoder is a chain of stages that let text through as soon as it is certain, so that
 * decoding a stream and decoding the whole are one and the same code.
 */
interface Decoder {

    /** Opens a stage for one text. */
    TokenSink open(TokenSink next);

    /**
     * Reads a decoder.
     *
     * @param spec its object in a tokenizer file
     * @return the decoder
     * @throws ModelFormatException if it is malformed
     * @throws UnsupportedModelException if it is of an unknown kind
     */
    static Decoder read(JsonObject spec) {
        String type = TokenizerFile.type(spec);
        return switch (type) {
            case "ByteLevel" -> ByteLevelDecoder::new;
            case "ByteFallback" -> ByteFallbackDecoder::new;
            case "Fuse" -> FuseDecoder::new;
            case "Metaspace" -> {
                String replacement = MetaspaceDecoder.replacement(spec);
                String scheme = spec.string("prepend_scheme");
                boolean prepended = scheme == null ? spec.flag("add_prefix_space", true) : !scheme.equals("never");
                yield next -> new MetaspaceDecoder(replacement.charAt(0), prepended, next);
            }
            case "Strip" -> strip(spec);
            case "Replace" -> {
                Replacement replacement = Replacement.read(spec);
                yield next -> new ReplaceDecoder(replacement, next);
            }
            case "Sequence" -> {
                List<Decoder> stages = new ArrayList<>();
                for (JsonObject stage : TokenizerFile.objects(spec, "decoders")) {
                    stages.add(read(stage));
                }
                yield next -> {
                    TokenSink sink = next;
                    for (Decoder stage : stages.reversed()) {
                        sink = stage.open(sink);
                    }
                    return sink;
                };
            }
            default ->
                throw new UnsupportedModelException(
                        spec.source() + ": the decoder \"" + type
                                + "\" is not supported; ByteLevel, ByteFallback, Fuse, Metaspace, Strip, Replace and Sequence are");
        };
    }

    private static Decoder strip(JsonObject spec) {
        String content = TokenizerFile.string(spec, "content");
        if (content.length() != 1) {
            throw spec.wrong("content", "one character", content);
        }
        int start = spec.integer("start", 0, Short.MAX_VALUE);
        int stop = spec.integer("stop", 0, Short.MAX_VALUE);
        return next -> new StripDecoder(content.charAt(0), start, stop, next);
    }
}
