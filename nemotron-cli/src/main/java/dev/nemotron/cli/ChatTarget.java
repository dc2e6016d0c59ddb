package dev.nemotron.cli;

import dev.nemotron.ModelFormatException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whom to ask, and what: what the arguments of {@code chat} mean.
 *
 * @param folder the model folder, or null for the embedded model
 * @param message the message, or null for a conversation
 */
record ChatTarget(@Nullable Path folder, @Nullable String message) {

    /**
     * Tells a folder from a message.
     *
     * @param arguments a folder, a message, both, or none
     * @return what they ask for
     * @throws IllegalArgumentException if there are more than two
     * @throws ModelFormatException if a folder is meant that does not exist
     */
    static ChatTarget of(List<String> arguments) {
        return switch (arguments.size()) {
            case 0 -> new ChatTarget(null, null);
            case 1 -> {
                String only = arguments.getFirst();
                yield looksLikeFolder(only) ? new ChatTarget(folder(only), null) : new ChatTarget(null, only);
            }
            case 2 -> new ChatTarget(folder(arguments.getFirst()), arguments.get(1));
            default ->
                throw new IllegalArgumentException("takes a folder and a message, found " + arguments.size()
                        + " arguments; put a message with spaces in quotes");
        };
    }

    /**
     * Reads arguments beside which there is a request, so that a message has no place.
     *
     * @param arguments a folder, or none
     * @return what they ask for
     * @throws IllegalArgumentException if there are more than one
     * @throws ModelFormatException if the folder does not exist
     */
    static ChatTarget besideRequest(List<String> arguments) {
        if (arguments.size() > 1) {
            throw new IllegalArgumentException("--request brings the messages, so a folder alone goes with it");
        }
        return new ChatTarget(arguments.isEmpty() ? null : folder(arguments.getFirst()), null);
    }

    private static boolean looksLikeFolder(String argument) {
        boolean spelledAsPath = argument.matches("(\\.{0,2}|~)/\\S*");
        return spelledAsPath || Files.isDirectory(Path.of(argument));
    }

    private static Path folder(String argument) {
        Path folder = Path.of(argument);
        if (!Files.isDirectory(folder)) {
            throw new ModelFormatException(
                    folder + ": no such folder; give a model folder, and put a message with spaces in quotes");
        }
        return folder;
    }
}
