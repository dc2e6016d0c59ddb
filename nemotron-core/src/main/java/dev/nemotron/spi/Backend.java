package dev.nemotron.spi;

import dev.nemotron.BackendReport;
import java.util.List;

/**
 * Where a model computes. The operations are coarse, so that everything between token ids and logits can stay on a device.
 * Buffers are FP32 and row-major, rows are those of the step. All methods are called by one thread at a time. Every result
 * is the same bits whatever the number of threads, the other rows of the step, and the split of a sequence into steps, as long
 * as {@link Step#answerRows} puts its rows on the same side.
 */
public interface Backend extends AutoCloseable {

    /**
     * Says what this backend is.
     *
     * @return its description, for logs and for {@code Model.backend()}
     */
    BackendReport report();

    /**
     * Allocates memory, filled with zeros.
     *
     * @param floats the size
     * @return the memory
     */
    Buffer allocate(long floats);

    /**
     * Makes a parameter ready.
     *
     * @param values its values
     * @return a buffer that holds them
     */
    Buffer parameter(float[] values);

    /**
     * Makes a matrix ready.
     *
     * @param stored the weights in the checkpoint
     * @return the matrix
     */
    Matrix matrix(StoredMatrix stored);

    /**
     * Makes the experts of a layer ready.
     *
     * @param up the first matrix of each expert, [F, in]
     * @param down the second matrix of each expert, [in, F]
     * @return the experts
     */
    ExpertBank experts(List<Matrix> up, List<Matrix> down);

    /**
     * Makes room for the choice of experts.
     *
     * @return an empty choice that {@link #route} fills
     */
    Routing routing();

    /**
     * Makes the state of a Mamba-2 layer for a new sequence.
     *
     * @param parameters the layer
     * @return the state
     */
    LayerState mambaState(MambaParameters parameters);

    /**
     * Makes the state of an attention layer for a new sequence.
     *
     * @param shape the layer
     * @return the state
     */
    LayerState attentionState(AttentionShape shape);

    /**
     * Copies values to the backend.
     *
     * @param values the values
     * @param out receives them
     * @param outOffset where to begin, in floats
     */
    void write(float[] values, Buffer out, long outOffset);

    /**
     * Copies values from the backend.
     *
     * @param x the memory
     * @param offset where to begin, in floats
     * @param out receives as many values as it is long
     */
    void read(Buffer x, long offset, float[] out);

    /**
     * Looks up rows of an embedding table.
     *
     * @param table [V, D]
     * @param tokens the token ids, of which the first {@code rows} count
     * @param rows T
     * @param out [T][D]
     */
    void embed(Matrix table, int[] tokens, int rows, Buffer out);

    /**
     * Root-mean-square norm of rows.
     *
     * @param x [T][width]
     * @param weight [width]
     * @param epsilon added to the mean of squares
     * @param rows T
     * @param out [T][width]
     */
    void rmsNorm(Buffer x, Buffer weight, float epsilon, int rows, Buffer out);

    /**
     * Matrix times the rows of a step, in the order of sums that {@link Step#answerRows} asks for.
     *
     * @param matrix [M, C]
     * @param x [T][C]
     * @param step T rows
     * @param out [T][M]
     */
    void linear(Matrix matrix, Buffer x, Step step, Buffer out);

    /**
     * Matrix times rows, in the order of answers.
     *
     * @param matrix [M, C]
     * @param x [T][C]
     * @param rows T
     * @param out [T][M]
     */
    void linear(Matrix matrix, Buffer x, int rows, Buffer out);

    /**
     * Adds a bias to rows.
     *
     * @param bias [width]
     * @param x [T][width]
     * @param rows T
     */
    void addBias(Buffer bias, Buffer x, int rows);

    /**
     * Adds one buffer to another.
     *
     * @param delta the summand
     * @param x the sum
     * @param floats how many elements
     */
    void add(Buffer delta, Buffer x, long floats);

    /**
     * Replaces x by max(0, x)².
     *
     * @param x the elements
     * @param floats how many
     */
    void squaredRelu(Buffer x, long floats);

    /**
     * Puts rows side by side.
     *
     * @param left [T][width]
     * @param right [T][width]
     * @param width the width of either
     * @param rows T
     * @param out [T][2·width]
     */
    void join(Buffer left, Buffer right, int width, int rows, Buffer out);

    /**
     * Gathers rows.
     *
     * @param x [..][width]
     * @param width the width of a row
     * @param indices the rows wanted, of which the first {@code count} count
     * @param count how many
     * @param out [count][width]
     */
    void gather(Buffer x, int width, int[] indices, int count, Buffer out);

    /**
     * Convolution and selective scan of a Mamba-2 layer (2.3.2 to 2.3.4); advances the states unless provisional.
     *
     * @param parameters the layer
     * @param step the step
     * @param layer the layer's index in the states
     * @param projected the output of the input projection, [T][projectedWidth]
     * @param out y, [T][H·P]
     */
    void mamba(MambaParameters parameters, Step step, int layer, Buffer projected, Buffer out);

    /**
     * Gated norm of a Mamba-2 layer (2.3.6).
     *
     * @param y [T][H·P], replaced by the result
     * @param projected the output of the input projection, whose rows begin with the gate
     * @param weight [H·P]
     * @param epsilon added to the mean of squares
     * @param shape the layer's sizes
     * @param rows T
     */
    void gatedNorm(Buffer y, Buffer projected, Buffer weight, float epsilon, ScanShape shape, int rows);

    /**
     * Appends keys and values and attends (2.4).
     *
     * @param shape the layer's sizes
     * @param step the step
     * @param layer the layer's index in the states
     * @param queries [T][H·P]
     * @param keys [T][K·P]
     * @param values [T][K·P]
     * @param out [T][H·P]
     */
    void attention(AttentionShape shape, Step step, int layer, Buffer queries, Buffer keys, Buffer values, Buffer out);

    /**
     * Chooses experts (2.6).
     *
     * @param rule how
     * @param logits the router's output, [T][E]
     * @param bias what is added to the scores for the choice only, [E]
     * @param rows T
     * @param out receives the choice
     */
    void route(RouterRule rule, Buffer logits, Buffer bias, int rows, Routing out);

    /**
     * Runs the chosen experts: out[t] = Σ w · down(max(0, up·x[t])²), summed in ascending order of experts.
     *
     * @param bank the experts
     * @param routing the choice
     * @param x [T][in]
     * @param rows T
     * @param out [T][in], overwritten
     */
    void experts(ExpertBank bank, Routing routing, Buffer x, int rows, Buffer out);

    /** Ends the backend's threads and frees its memory. */
    @Override
    void close();
}
