package dev.nemotron.tiny;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The list of the model's files: one on each line, with checksum, size and name.
 *
 * @param version names this content: another model has another version
 * @param files the files
 */
record Manifest(String version, List<ModelFile> files) {

    private static final Pattern LINE = Pattern.compile("([0-9a-f]{64}) ([0-9]{1,18}) ([A-Za-z0-9_][A-Za-z0-9_.-]*)");
    private static final int VERSION_DIGITS = 12;

    /** Copies the list. */
    Manifest {
        files = List.copyOf(files);
    }

    /**
     * Reads a manifest.
     *
     * @param content the bytes of the file
     * @return the manifest
     * @throws IllegalStateException if a line is malformed, or there is none
     */
    static Manifest parse(byte[] content) {
        List<ModelFile> files = new String(content, StandardCharsets.UTF_8)
                .lines()
                .map(Manifest::file)
                .toList();
        if (files.isEmpty()) {
            throw new IllegalStateException("the nemotron-tiny jar is damaged: model/manifest names no file");
        }
        String digest = HexFormat.of().formatHex(ModelFile.digest().digest(content));
        return new Manifest(digest.substring(0, VERSION_DIGITS), files);
    }

    private static ModelFile file(String line) {
        Matcher match = LINE.matcher(line);
        if (!match.matches()) {
            throw new IllegalStateException(
                    "the nemotron-tiny jar is damaged: model/manifest must have lines of checksum,"
                            + " size and name, found \"" + line + "\"");
        }
        return new ModelFile(match.group(1), Long.parseLong(match.group(2)), match.group(3));
    }

    /**
     * Compares the sizes of all files.
     *
     * @param folder a folder, which may be missing
     * @return whether all files are there with the right size
     */
    boolean hasSizes(Path folder) {
        return files.stream().allMatch(file -> file.hasSize(folder.resolve(file.name())));
    }
}
