package dev.nemotron.kernel.vector;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** What the processor can do that the vector API does not tell. */
final class Processor {

    private static final Path DESCRIPTION = Path.of("/proc/cpuinfo");

    private Processor() {}

    /**
     * Tells whether Linux names a feature of the processor.
     *
     * @param flag for example {@code avx512vbmi}
     * @return whether it is there for certain; false on other systems
     */
    static boolean has(String flag) {
        try (BufferedReader lines = Files.newBufferedReader(DESCRIPTION)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("flags")) {
                    return Arrays.asList(line.split(" ")).contains(flag);
                }
            }
        } catch (IOException unknown) {
            return false;
        }
        return false;
    }
}
