package dev.nemotron.arch;

import dev.nemotron.ModelFormatException;
import dev.nemotron.json.JsonObject;
import java.util.function.Function;

/**
 * Reads keys that have several spellings. Where two spellings are present they must agree.
 *
 * @param json the configuration
 */
record ConfigKeys(JsonObject json) {

    /** The largest width or count; sums of a few and rows of a matrix stay far inside an int. */
    static final int MAX_SIZE = 1 << 24;

    private static final long MAX_PRODUCT = 1 << 26;

    /** The file, for messages. */
    String source() {
        return json.source();
    }

    int size(int absent, String... spellings) {
        return integer(1, MAX_SIZE, absent, spellings);
    }

    int integer(int min, int max, int absent, String... spellings) {
        return agreeing(absent, key -> json.integer(key, min, max), spellings);
    }

    double number(double absent, String... spellings) {
        return agreeing(absent, key -> json.number(key, absent), spellings);
    }

    void product(String what, int left, int right) {
        if ((long) left * right > MAX_PRODUCT) {
            throw new ModelFormatException(
                    source() + ": " + what + " is " + (long) left * right + ", expected at most " + MAX_PRODUCT);
        }
    }

    private <T> T agreeing(T absent, Function<String, T> read, String... spellings) {
        String first = json.firstPresent(spellings);
        if (!json.has(first)) {
            return absent;
        }
        T value = read.apply(first);
        for (String other : spellings) {
            if (json.has(other) && !read.apply(other).equals(value)) {
                throw new ModelFormatException(source() + ": \"" + first + "\" is " + value + " and \"" + other
                        + "\" is " + read.apply(other) + ", but they mean the same");
            }
        }
        return value;
    }
}
