package dev.nemotron.format.nvfp4;

import dev.nemotron.ModelFormatException;
import dev.nemotron.checkpoint.DType;
import dev.nemotron.checkpoint.ModuleTensors;
import dev.nemotron.checkpoint.Tensor;
import dev.nemotron.format.Companions;
import dev.nemotron.format.Scales;
import dev.nemotron.format.nvfp4.vector.PanelGroupDecoder;
import dev.nemotron.format.nvfp4.vector.PanelProduct;
import dev.nemotron.kernel.vector.Lanes;
import dev.nemotron.spi.MatrixProduct;
import dev.nemotron.spi.RowDecoder;
import dev.nemotron.spi.RowGroupDecoder;
import dev.nemotron.spi.StoredMatrix;
import dev.nemotron.spi.WeightFormat;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * NVFP4 laid out anew, as {@link Panels}: {@value #PANELS} U8 [panels, bytes of a panel], {@value #FACTOR} F32 [1] and
 * {@value #SHAPE} I64 [2]. The weights are those of {@link Nvfp4Format}, bit by bit, and so are the products.
 */
public final class Nvfp4PanelFormat implements WeightFormat {

    /** The name of the tensor that holds the panels. */
    public static final String PANELS = "weight_panels";

    /** The name of the tensor that holds the factor of the matrix. */
    public static final String FACTOR = "weight_factor";

    /** The name of the tensor that holds rows and columns, which the padded panels do not tell. */
    public static final String SHAPE = "weight_panels_shape";

    /** The shape of the tensor that holds the factor. */
    public static final List<Long> FACTOR_SHAPE = List.of(1L);

    static final Nvfp4PanelFormat INSTANCE = new Nvfp4PanelFormat();

    private static final ValueLayout.OfLong DIMENSION =
            ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private static final RowDecoder DECODER = new PanelRowDecoder();

    private Nvfp4PanelFormat() {}

    /**
     * The format.
     *
     * @return the one instance
     */
    public static Nvfp4PanelFormat instance() {
        return INSTANCE;
    }

    @Override
    public String name() {
        return Nvfp4Format.NAME;
    }

    @Override
    public @Nullable StoredMatrix recognise(ModuleTensors tensors, int rows, int columns) {
        Tensor panels = tensors.find(PANELS);
        Tensor factor = tensors.find(FACTOR);
        Tensor shape = tensors.find(SHAPE);
        if (panels == null
                || panels.dtype() != DType.U8
                || factor == null
                || factor.dtype() != DType.F32
                || shape == null
                || shape.dtype() != DType.I64) {
            return null;
        }
        requireShape(shape.expectShape(2), panels, rows, columns);
        Nvfp4Format.requireWholeBlocks(panels, columns);
        panels.expectShape(Panels.count(rows), Panels.bytes(columns));
        Companions.checkQuantised(tensors, Set.of(PANELS, FACTOR, SHAPE));
        return at(tensors.module(), rows, columns, panels.data(), Scales.scalar(factor));
    }

    private static void requireShape(Tensor shape, Tensor panels, int rows, int columns) {
        long foundRows = shape.data().get(DIMENSION, 0);
        long foundColumns = shape.data().get(DIMENSION, Long.BYTES);
        if (foundRows != rows || foundColumns != columns) {
            throw new ModelFormatException(panels.file() + ": tensor \"" + panels.name() + "\" holds a matrix of ["
                    + foundRows + ", " + foundColumns + "], expected [" + rows + ", " + columns + "]");
        }
    }

    private static StoredMatrix at(String module, int rows, int columns, MemorySegment panels, float factor) {
        return new StoredMatrix(INSTANCE, module, rows, columns, panels, MemorySegment.NULL, factor);
    }

    /**
     * The shape of the panels of a matrix.
     *
     * @param rows the outputs
     * @param columns the inputs
     * @return panels, and bytes of a panel
     */
    public static List<Long> shape(int rows, int columns) {
        return List.of((long) Panels.count(rows), Panels.bytes(columns));
    }

    /**
     * The content of {@link #SHAPE}.
     *
     * @param rows the outputs
     * @param columns the inputs
     * @return its bytes
     */
    public static MemorySegment dimensions(int rows, int columns) {
        MemorySegment dimensions = MemorySegment.ofArray(new byte[2 * Long.BYTES]);
        dimensions.set(DIMENSION, 0, rows);
        dimensions.set(DIMENSION, Long.BYTES, columns);
        return dimensions;
    }

    @Override
    public RowDecoder scalarDecoder() {
        return DECODER;
    }

    @Override
    public RowDecoder vectorDecoder() {
        return DECODER;
    }

    @Override
    public @Nullable MatrixProduct vectorProduct() {
        return Simd.PRODUCT;
    }

    @Override
    public @Nullable RowGroupDecoder vectorGroupDecoder() {
        return Simd.GROUPS;
    }

    /** Linked when it is first used, which is after the vector module was found. */
    private static final class Simd {
        static final @Nullable MatrixProduct PRODUCT =
                Lanes.COUNT == PanelProduct.LANES ? new PanelProduct(true) : null;
        static final @Nullable RowGroupDecoder GROUPS =
                Lanes.COUNT == PanelProduct.LANES ? new PanelGroupDecoder() : null;
    }
}
