package dev.nemotron.tiny;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A file of the model, as the manifest describes it.
 *
 * @param sha256 the checksum of its content, 64 hexadecimal digits
 * @param size in bytes
 * @param name its name in the folder
 */
record ModelFile(String sha256, long size, String name) {

    /**
     * Compares the size of a file, which costs next to nothing.
     *
     * @param file the file, which may be missing
     * @return whether it is a file of the right size
     */
    boolean hasSize(Path file) {
        try {
            return Files.isRegularFile(file) && Files.size(file) == size;
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Compares size and checksum of a file.
     *
     * @param file the file, which may be missing
     * @return whether it can be read and has the right content
     */
    boolean isIntact(Path file) {
        if (!hasSize(file)) {
            return false;
        }
        MessageDigest digest = digest();
        byte[] block = new byte[1 << 16];
        try (InputStream in = Files.newInputStream(file)) {
            for (int read = in.read(block); read >= 0; read = in.read(block)) {
                digest.update(block, 0, read);
            }
        } catch (IOException e) {
            return false;
        }
        return HexFormat.of().formatHex(digest.digest()).equals(sha256);
    }

    /**
     * The digest that manifests use.
     *
     * @return a new digest
     */
    static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256, this one does not", e);
        }
    }
}
