package dev.nemotron.cli;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where the lines that were typed are kept from one conversation to the next, readable for the user alone. */
final class HistoryFile {

    private HistoryFile() {}

    /** The file, which exists, or null where it cannot be had; then history ends with the conversation. */
    static @Nullable Path ready() {
        Path file = in(System.getenv(), System.getProperty("user.home", ""));
        try {
            Files.createDirectories(file.getParent());
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            return file;
        } catch (FileAlreadyExistsException e) {
            return Files.isRegularFile(file) && Files.isReadable(file) && Files.isWritable(file) ? file : null;
        } catch (IOException | UnsupportedOperationException e) {
            return null;
        }
    }

    /**
     * The file's place: the folder for state that the XDG base directory specification names.
     *
     * @param environment the variables of the process
     * @param home the user's folder
     * @return the path
     */
    static Path in(Map<String, String> environment, String home) {
        String state = environment.get("XDG_STATE_HOME");
        Path folder = state != null && Path.of(state).isAbsolute() ? Path.of(state) : Path.of(home, ".local", "state");
        return folder.resolve("nemotron").resolve("chat-history");
    }
}
