package dev.nemotron.checkpoint;

import dev.nemotron.ModelFormatException;

/** What a tensor may be called. */
final class TensorName {

    private static final int MAX_LENGTH = 4096;

    private TensorName() {}

    /**
     * Checks a name from a file.
     *
     * @param name the name
     * @param file the file, for messages
     * @return the name
     * @throws ModelFormatException if it is empty, longer than 4096 characters, or contains control characters
     */
    static String check(String name, String file) {
        if (name.isEmpty() || name.length() > MAX_LENGTH) {
            throw new ModelFormatException(
                    file + ": a tensor's name has " + name.length() + " characters, expected 1 to " + MAX_LENGTH);
        }
        for (int i = 0; i < name.length(); i++) {
            if (Character.isISOControl(name.charAt(i))) {
                throw new ModelFormatException(file + ": the name of a tensor has the control character "
                        + (int) name.charAt(i) + " at position " + i);
            }
        }
        return name;
    }
}
