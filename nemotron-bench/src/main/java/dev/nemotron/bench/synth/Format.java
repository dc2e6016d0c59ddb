package dev.nemotron.bench.synth;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** How the weights of a release are stored; which module gets what is the release's own {@link Recipe}. */
public enum Format {
    /** Everything BF16. */
    BF16,
    /** FP8 as in NVIDIA's releases of that name: not the attention, the head, and what else is sensitive. */
    FP8,
    /** NVFP4 as in NVIDIA's releases of that name; Lightning's, Super's and Ultra's are mixed ones. */
    NVFP4,
    /** Several formats side by side, as in the releases that are so; other models follow Lightning's. */
    MIXED;

    /**
     * The name on the command line.
     *
     * @return for example {@code nvfp4}
     */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Finds a format.
     *
     * @param label its name on the command line, in any case
     * @return the format
     * @throws IllegalArgumentException if there is none of that name; the message lists them
     */
    public static Format of(String label) {
        for (Format format : values()) {
            if (format.label().equalsIgnoreCase(label)) {
                return format;
            }
        }
        throw new IllegalArgumentException("no format \"" + label + "\", there are "
                + Arrays.stream(values()).map(Format::label).collect(Collectors.joining(", ")));
    }
}
