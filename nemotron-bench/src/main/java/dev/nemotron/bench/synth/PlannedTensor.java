package dev.nemotron.bench.synth;

import dev.nemotron.checkpoint.DType;
import java.util.List;

/**
 * A tensor that is to be written.
 *
 * @param name its full name
 * @param dtype the element type
 * @param shape the dimensions
 * @param values what goes into it
 */
record PlannedTensor(String name, DType dtype, List<Long> shape, Values values) {

    PlannedTensor {
        shape = List.copyOf(shape);
    }

    long elements() {
        return shape.stream().reduce(1L, Math::multiplyExact);
    }

    long byteSize() {
        return elements() * dtype.bits() / Byte.SIZE;
    }
}
