package dev.nemotron.engine;

/** Token ids from outside, checked before they index anything. */
public final class TokenRange {

    private TokenRange() {}

    /**
     * Checks that a model knows all tokens.
     *
     * @param ids the tokens
     * @param vocabularySize V
     * @throws IllegalArgumentException if one is negative or too large
     */
    public static void check(int[] ids, int vocabularySize) {
        for (int i = 0; i < ids.length; i++) {
            if (ids[i] < 0 || ids[i] >= vocabularySize) {
                throw new IllegalArgumentException("token " + ids[i] + " at position " + i
                        + " does not exist, the vocabulary has the ids 0 to " + (vocabularySize - 1));
            }
        }
    }
}
