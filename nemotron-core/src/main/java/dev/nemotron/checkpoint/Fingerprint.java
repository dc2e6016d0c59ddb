package dev.nemotron.checkpoint;

import dev.nemotron.ModelFormatException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;

/** Tells one set of weight files from another by their names, sizes and samples, so that gigabytes need not be read. */
final class Fingerprint {

    private static final int SAMPLE = 64 << 10;
    private static final int SAMPLES = 5;

    private Fingerprint() {}

    /**
     * Digests files.
     *
     * @param files the files
     * @return 32 bytes
     * @throws ModelFormatException if one cannot be read
     */
    static byte[] of(List<SafetensorsFile> files) {
        MessageDigest digest = sha256();
        ByteBuffer sample = ByteBuffer.allocate(SAMPLE);
        for (SafetensorsFile file : files) {
            digest.update((file.path().getFileName() + "\n" + file.size() + "\n").getBytes(StandardCharsets.UTF_8));
            try (FileChannel channel = FileChannel.open(file.path(), StandardOpenOption.READ)) {
                for (int i = 0; i < SAMPLES; i++) {
                    long at = Math.max(0, (file.size() - SAMPLE) / (SAMPLES - 1) * i);
                    channel.read(sample.clear(), at);
                    digest.update(sample.flip());
                }
            } catch (IOException e) {
                throw new ModelFormatException(file.path() + ": cannot be read (" + e + ")", e);
            }
        }
        return digest.digest();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
