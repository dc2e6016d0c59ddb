package dev.nemotron.format;

import dev.nemotron.ModelFormatException;
import dev.nemotron.checkpoint.DType;
import dev.nemotron.checkpoint.Tensor;
import java.lang.System.Logger.Level;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** Checks the scales of quantised weights when a matrix is recognised, so that no kernel has to. */
public final class Scales {

    private static final System.Logger LOG = System.getLogger(Scales.class.getName());
    private static final ValueLayout.OfLong BYTES_8 =
            ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final long LOW_7 = 0x7F7F_7F7F_7F7F_7F7FL;
    private static final long ONES = 0x0101_0101_0101_0101L;
    private static final long SIGNS = 0x8080_8080_8080_8080L;

    private Scales() {}

    /**
     * Reads the scale of a whole matrix.
     *
     * @param tensor one element, of any rank, F32, F16 or BF16
     * @return its value
     * @throws ModelFormatException if there are several elements, or the value is not finite or not positive
     */
    public static float scalar(Tensor tensor) {
        if (tensor.elementCount() != 1) {
            throw wrong(tensor, "has shape " + tensor.shape() + ", expected one element");
        }
        return positive(tensor, tensor.floats()[0], 0);
    }

    /**
     * Reads the scales of rows or blocks.
     *
     * @param tensor F32, F16 or BF16
     * @return the scales as little-endian FP32, row-major: the tensor's own bytes where it is F32 already
     * @throws ModelFormatException if one of them is not finite or not positive
     */
    public static MemorySegment floats(Tensor tensor) {
        float[] values = tensor.floats();
        for (int i = 0; i < values.length; i++) {
            positive(tensor, values[i], i);
        }
        if (tensor.dtype() == DType.F32) {
            return tensor.data();
        }
        MemorySegment widened = Arena.ofAuto().allocate((long) values.length * Float.BYTES, Float.BYTES);
        MemorySegment.copy(values, 0, widened, Tensor.F32_LE, 0, values.length);
        return widened;
    }

    /**
     * Checks E4M3 scales; zero is allowed, for blocks of zeros. A negative one, which no exporter should write, is logged.
     *
     * @param tensor the scales, F8_E4M3
     * @return the tensor's own bytes
     * @throws ModelFormatException if one of them is not a number
     */
    public static MemorySegment e4m3(Tensor tensor) {
        MemorySegment data = tensor.data();
        long size = data.byteSize();
        long negative = 0;
        long i = 0;
        for (; i + Long.BYTES <= size; i += Long.BYTES) {
            long codes = data.get(BYTES_8, i);
            negative |= codes & SIGNS;
            if ((((codes & LOW_7) + ONES) & SIGNS) != 0) {
                break;
            }
        }
        for (; i < size; i++) {
            int code = data.get(ValueLayout.JAVA_BYTE, i);
            negative |= code & 0x80;
            if ((code & 0x7F) == 0x7F) {
                throw wrong(tensor, "has a scale that is not a number (code " + (code & 0xFF) + ") at element " + i);
            }
        }
        if (negative != 0) {
            LOG.log(Level.WARNING, () -> tensor.file() + ": tensor \"" + tensor.name() + "\" has negative scales");
        }
        return data;
    }

    private static float positive(Tensor tensor, float value, long element) {
        if (!(value > 0 && value < Float.POSITIVE_INFINITY)) {
            throw wrong(tensor, "has the scale " + value + " at element " + element + ", expected a positive number");
        }
        return value;
    }

    private static ModelFormatException wrong(Tensor tensor, String problem) {
        return new ModelFormatException(tensor.file() + ": tensor \"" + tensor.name() + "\" " + problem);
    }
}
