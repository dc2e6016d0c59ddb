package dev.nemotron.format;

import dev.nemotron.ModelFormatException;
import dev.nemotron.checkpoint.DType;
import dev.nemotron.checkpoint.ModuleTensors;
import dev.nemotron.checkpoint.Tensor;
import dev.nemotron.spi.StoredMatrix;
import dev.nemotron.spi.WeightFormat;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/** What the formats without scales have in common. */
public final class Plain {

    private Plain() {}

    /**
     * Recognises a matrix that is one tensor {@code weight}.
     *
     * @param format the format that asks
     * @param dtype its element type
     * @param module the tensors of the module
     * @param rows the outputs expected
     * @param columns the inputs expected
     * @return the matrix, or null where the weight has another element type
     * @throws ModelFormatException if the shape is another one
     */
    public static @Nullable StoredMatrix recognise(
            WeightFormat format, DType dtype, ModuleTensors module, int rows, int columns) {
        Tensor weight = module.find("weight");
        if (weight == null || weight.dtype() != dtype) {
            return null;
        }
        Companions.checkPlain(module);
        weight.expectShape(rows, columns);
        return new StoredMatrix(format, module.module(), rows, columns, weight.data(), MemorySegment.NULL, 1);
    }
}
