package dev.nemotron.spi;

import java.lang.foreign.MemorySegment;

/**
 * The weights of a linear layer as they lie in the file, [rows, columns], row-major, y = W·x.
 *
 * @param format how {@code codes} and {@code scales} are read
 * @param name the module's name, for messages
 * @param rows the outputs
 * @param columns the inputs
 * @param codes the elements
 * @param scales the scales that the format keeps beside them; {@link MemorySegment#NULL} where it has none
 * @param factor a factor of the whole matrix, 1 where the format has none
 */
public record StoredMatrix(
        WeightFormat format,
        String name,
        int rows,
        int columns,
        MemorySegment codes,
        MemorySegment scales,
        float factor) {

    /**
     * Counts the bytes that one pass over the matrix reads.
     *
     * @return codes and scales, in bytes
     */
    public long byteSize() {
        return codes.byteSize() + scales.byteSize();
    }
}
