package dev.nemotron.checkpoint;

import dev.nemotron.ModelFormatException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;

/**
 * A tensor as it lies in a file: little-endian, row-major, mapped and not copied, aligned to nothing.
 *
 * @param name its name in the file, for messages
 * @param file the file it lies in, for messages
 * @param dtype the element type
 * @param shape the dimensions; empty for a scalar
 * @param data exactly its bytes, read-only
 */
public record Tensor(String name, String file, DType dtype, List<Long> shape, MemorySegment data) {

    /** Little-endian IEEE single at any address. */
    public static final ValueLayout.OfFloat F32_LE =
            ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    /** Little-endian 16 bits at any address. */
    public static final ValueLayout.OfShort U16_LE =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    /**
     * Counts the elements.
     *
     * @return the product of the dimensions, 1 for a scalar
     */
    public long elementCount() {
        long count = 1;
        for (long dimension : shape) {
            count = Math.multiplyExact(count, dimension);
        }
        return count;
    }

    /**
     * Checks the shape; dimensions of size 1 are ignored on both sides, since exporters add and drop them.
     *
     * @param expected the dimensions wanted
     * @return this
     * @throws ModelFormatException if the shape is another one
     */
    public Tensor expectShape(long... expected) {
        long[] found =
                shape.stream().mapToLong(Long::longValue).filter(d -> d != 1).toArray();
        long[] wanted = Arrays.stream(expected).filter(d -> d != 1).toArray();
        if (!Arrays.equals(found, wanted)) {
            throw new ModelFormatException(
                    file + ": tensor \"" + name + "\" has shape " + shape + ", expected " + Arrays.toString(expected));
        }
        return this;
    }

    /**
     * Copies a small tensor of floats to the heap.
     *
     * @return all elements as FP32
     * @throws ModelFormatException if the element type is not F32, F16, BF16 or F64, or there are more than 2^28 elements
     */
    public float[] floats() {
        long count = elementCount();
        if (count > 1 << 28) {
            throw new ModelFormatException(
                    file + ": tensor \"" + name + "\" has " + count + " elements, expected a small parameter");
        }
        float[] values = new float[(int) count];
        for (int i = 0; i < values.length; i++) {
            values[i] = element(i);
        }
        return values;
    }

    private float element(long i) {
        return switch (dtype) {
            case F32 -> data.get(F32_LE, i * Float.BYTES);
            case BF16 -> Float.intBitsToFloat(data.get(U16_LE, i * Short.BYTES) << 16);
            case F16 -> Float.float16ToFloat(data.get(U16_LE, i * Short.BYTES));
            case F64 ->
                (float) data.get(
                        ValueLayout.JAVA_DOUBLE_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN), i * Double.BYTES);
            default ->
                throw new ModelFormatException(
                        file + ": tensor \"" + name + "\" is " + dtype + ", expected F32, F16, BF16 or F64");
        };
    }

    /**
     * Views one entry of the leading dimension, for example one expert of a fused tensor.
     *
     * @param index the entry, from 0
     * @return a view with the leading dimension removed
     * @throws ModelFormatException if there is no leading dimension or no such entry
     */
    public Tensor slice(long index) {
        if (shape.isEmpty() || index < 0 || index >= shape.getFirst()) {
            throw new ModelFormatException(
                    file + ": tensor \"" + name + "\" has shape " + shape + ", so there is no entry " + index);
        }
        long bytes = data.byteSize() / shape.getFirst();
        return new Tensor(
                name + "[" + index + "]",
                file,
                dtype,
                shape.subList(1, shape.size()),
                data.asSlice(index * bytes, bytes));
    }
}
