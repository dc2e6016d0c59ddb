package dev.nemotron.tokenizer;

/**
 * A token that is recognised in the raw text before anything else happens to it.
 *
 * @param id its id
 * @param content the text that it stands for
 * @param singleWord whether it is only recognised where no word character touches it
 * @param lstrip whether it swallows the white space before it
 * @param rstrip whether it swallows the white space after it
 * @param normalized whether it is looked for in the normalised text instead of the raw one
 * @param special whether decoding can leave it out
 */
public record AddedToken(
        int id,
        String content,
        boolean singleWord,
        boolean lstrip,
        boolean rstrip,
        boolean normalized,
        boolean special) {}
