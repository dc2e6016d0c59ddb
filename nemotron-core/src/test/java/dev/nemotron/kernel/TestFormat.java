package dev.nemotron.kernel;

import dev.nemotron.checkpoint.ModuleTensors;
import dev.nemotron.checkpoint.Tensor;
import dev.nemotron.kernel.scalar.Bf16;
import dev.nemotron.kernel.vector.Bf16Dots;
import dev.nemotron.kernel.vector.F32Dots;
import dev.nemotron.spi.RowDecoder;
import dev.nemotron.spi.RowDots;
import dev.nemotron.spi.StoredMatrix;
import dev.nemotron.spi.WeightFormat;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/** Two plain formats at odd addresses, with and without dot products on the stored codes, and a factor for each row. */
enum TestFormat implements WeightFormat {
    F32(Float.BYTES),
    F32_DOTS(Float.BYTES),
    BF16(Short.BYTES),
    BF16_DOTS(Short.BYTES);

    private static final RowDots F32_KERNEL = new F32Dots();
    private static final RowDots BF16_KERNEL = new Bf16Dots();

    private static final int MISALIGNMENT = 2;

    private final int bytes;

    @SuppressWarnings("ImmutableEnumChecker")
    private final RowDecoder decoder = new Decoder();

    TestFormat(int bytes) {
        this.bytes = bytes;
    }

    StoredMatrix store(MemorySegment weights, int rows, int columns) {
        MemorySegment codes = Arena.ofAuto()
                .allocate((long) rows * columns * bytes + MISALIGNMENT, 64)
                .asSlice(MISALIGNMENT);
        for (int i = 0; i < rows * columns; i++) {
            float weight = Floats.get(weights, i);
            if (bytes == Float.BYTES) {
                codes.set(Tensor.F32_LE, (long) i * bytes, weight);
            } else {
                codes.set(Tensor.U16_LE, (long) i * bytes, Bf16.round(weight));
            }
        }
        return new StoredMatrix(this, "test", rows, columns, codes, MemorySegment.NULL, 0.75f);
    }

    float weight(StoredMatrix matrix, int row, int column) {
        long index = (long) row * matrix.columns() + column;
        return bytes == Float.BYTES
                ? matrix.codes().get(Tensor.F32_LE, index * bytes)
                : Bf16.widen(matrix.codes().get(Tensor.U16_LE, index * bytes));
    }

    @Override
    public @Nullable StoredMatrix recognise(ModuleTensors tensors, int rows, int columns) {
        return null;
    }

    @Override
    public RowDecoder scalarDecoder() {
        return decoder;
    }

    @Override
    public RowDecoder vectorDecoder() {
        return decoder;
    }

    @Override
    public @Nullable RowDots vectorDots() {
        return switch (this) {
            case F32_DOTS -> F32_KERNEL;
            case BF16_DOTS -> BF16_KERNEL;
            case F32, BF16 -> null;
        };
    }

    private final class Decoder implements RowDecoder {

        @Override
        public void decode(StoredMatrix matrix, int row, int from, int to, float[] out, int outOffset) {
            for (int c = from; c < to; c++) {
                out[outOffset + c - from] = weight(matrix, row, c);
            }
        }

        @Override
        public float factor(StoredMatrix matrix, int row) {
            return matrix.factor() + row;
        }
    }
}
