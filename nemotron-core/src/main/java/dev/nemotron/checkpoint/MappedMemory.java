package dev.nemotron.checkpoint;

import dev.nemotron.ModelFormatException;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * Faults in mapped files. When a file is cut short while it is mapped, reading the bytes that are gone raises a signal,
 * which HotSpot turns into an {@link InternalError} of the reading thread: at once for plain code, for copies and for code
 * that is interpreted, at a later instruction for compiled code, where the faulting load gives garbage.
 *
 * <p><b>A rule for SIMD kernels.</b> HotSpot (checked on 25.0.3) converts the signal only in compiled methods that it knows
 * to access raw memory, and a vector load does not count: a loop compiled by C2 that reads a mapped segment by vector loads
 * alone ends the whole JVM. One plain read of any segment in the loop's body makes the difference, even one whose result is
 * not used and which the compiler therefore removes again. It has to be in the body, since code before a loop is missing
 * where the loop is entered half-way by on-stack replacement, and a tail after it where the tail was never run. So each
 * loop over the bytes of a checkpoint begins with
 *
 * <pre>{@code byte _ = codes.get(ValueLayout.JAVA_BYTE, at); // see MappedMemory}</pre>
 *
 * unless it reads a scale or a word that way in any case.
 */
public final class MappedMemory {

    private static final String FAULT = "unsafe memory access";

    private MappedMemory() {}

    /**
     * Tells whether an error is about a memory access and not about the JVM itself.
     *
     * @param error what a computation has thrown
     * @return whether mapped bytes could not be read
     */
    public static boolean isFault(InternalError error) {
        return error.getMessage() != null && error.getMessage().contains(FAULT);
    }

    /** Names the file whose bytes could not be read, if one has become shorter. */
    static ModelFormatException explain(InternalError fault, Path folder, Stream<SafetensorsFile> mapped) {
        return mapped.filter(SafetensorsFile::isCutShort)
                .findFirst()
                .map(file -> new ModelFormatException(
                        file.path() + ": was cut short while it was in use, its " + file.size()
                                + " bytes are no longer there; restore the file and load the model again",
                        fault))
                .orElseGet(() -> new ModelFormatException(
                        folder
                                + ": a mapped weight file could not be read; the file was changed while in use, or its"
                                + " disk fails",
                        fault));
    }
}
