package dev.nemotron.cli;

import java.util.Locale;

/** Sizes in words. */
final class Bytes {

    private static final String[] UNITS = {"KiB", "MiB", "GiB", "TiB"};

    private Bytes() {}

    /**
     * A size in the largest unit that leaves at least 1.
     *
     * @param bytes the size
     * @return for example {@code 17.2 GiB}
     */
    static String text(long bytes) {
        if (Math.abs(bytes) < 1024) {
            return bytes + " bytes";
        }
        double size = bytes;
        int unit = -1;
        while (Math.abs(size) >= 1024 && unit < UNITS.length - 1) {
            size /= 1024;
            unit++;
        }
        return String.format(Locale.ROOT, "%.1f %s", size, UNITS[unit]);
    }
}
