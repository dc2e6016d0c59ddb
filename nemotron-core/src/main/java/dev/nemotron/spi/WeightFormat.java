package dev.nemotron.spi;

import dev.nemotron.ModelFormatException;
import dev.nemotron.checkpoint.ModuleTensors;
import org.jspecify.annotations.Nullable;

/**
 * A way in which the weights of a linear layer are stored, for example BF16 or NVFP4. A format is a package of its own and
 * one line in the list of formats; it passes the contract kit in the tests. Implementations are immutable.
 */
public interface WeightFormat {

    /**
     * Names the format.
     *
     * @return for example {@code BF16}
     */
    String name();

    /**
     * Recognises a matrix of this format by its tensors, never by a configuration's claims, which have been wrong in
     * published checkpoints.
     *
     * @param tensors the tensors of the module
     * @param rows the outputs that the architecture expects
     * @param columns the inputs that the architecture expects
     * @return the matrix, or null where the tensors are of another format
     * @throws ModelFormatException if the tensors are of this format and cannot be used: a wrong shape, a scale missing,
     *     not finite or not positive
     */
    @Nullable
    StoredMatrix recognise(ModuleTensors tensors, int rows, int columns);

    /**
     * The plain decoder, the reference that stays.
     *
     * @return a decoder without SIMD
     */
    RowDecoder scalarDecoder();

    /**
     * The SIMD decoder. Called only where the vector module is present and C2 compiles it.
     *
     * @return a decoder that gives the same bits as {@link #scalarDecoder()}
     */
    RowDecoder vectorDecoder();

    /**
     * The SIMD product of this format's own, where it has one. Called only where the vector module is present and C2 compiles
     * it.
     *
     * @return the product, or null where rows are to be multiplied one by one
     */
    default @Nullable MatrixProduct vectorProduct() {
        return null;
    }

    /**
     * The SIMD decoder of rows that are stored side by side. Called only where the vector module is present and C2 compiles it.
     *
     * @return a decoder that gives the same bits as {@link #vectorDecoder()}, or null where rows are stored one after the other
     */
    default @Nullable RowGroupDecoder vectorGroupDecoder() {
        return null;
    }

    /**
     * The SIMD kernel for one input, where the format has one. Called only where the vector module is present and C2
     * compiles it.
     *
     * @return the kernel, or null where rows are to be decoded first
     */
    default @Nullable RowDots vectorDots() {
        return null;
    }
}
