/**
 * Text to token ids and back, as {@code tokenizer.json} describes it: byte-pair encoding with added tokens,
 * normalisers, pre-tokenizers, post-processors and decoders.
 *
 * <p>An encoding runs top to bottom through {@link dev.nemotron.tokenizer.Tokenizer}: added tokens are cut out, the text
 * between them is normalised, cut into pieces, each piece is merged, and the template's special tokens are put around.
 */
@NullMarked
package dev.nemotron.tokenizer;

import org.jspecify.annotations.NullMarked;
