package dev.nemotron.arch;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What the mixer of a block is; a block is {@code x + mixer(norm(x))} with exactly one mixer. */
public enum BlockKind {
    /** A Mamba-2 state-space mixer, letter {@code M}. */
    MAMBA,
    /** Causal attention without positions, letter {@code *}. */
    ATTENTION,
    /** A dense feed-forward layer with squared ReLU, letter {@code -}. */
    MLP,
    /** A mixture of experts, letter {@code E}. */
    MOE;

    /**
     * Reads the letter of a layer pattern.
     *
     * @param letter one of {@code M * A - E}
     * @return the kind, or null for another letter
     */
    public static @Nullable BlockKind ofLetter(char letter) {
        return switch (letter) {
            case 'M' -> MAMBA;
            case '*', 'A' -> ATTENTION;
            case '-' -> MLP;
            case 'E' -> MOE;
            default -> null;
        };
    }

    /**
     * Reads the word of a layer list.
     *
     * @param word a word that published configurations use
     * @return the kind, or null for another word
     */
    public static @Nullable BlockKind ofWord(String word) {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "mamba", "mamba2", "linear_attention" -> MAMBA;
            case "attention", "full_attention" -> ATTENTION;
            case "mlp" -> MLP;
            case "moe" -> MOE;
            default -> null;
        };
    }

    /**
     * The letter of the kind in a layer pattern.
     *
     * @return one of {@code M * - E}
     */
    public char letter() {
        return switch (this) {
            case MAMBA -> 'M';
            case ATTENTION -> '*';
            case MLP -> '-';
            case MOE -> 'E';
        };
    }
}
