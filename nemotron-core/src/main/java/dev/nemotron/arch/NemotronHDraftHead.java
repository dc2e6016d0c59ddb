package dev.nemotron.arch;

import dev.nemotron.layer.Block;
import dev.nemotron.layer.Linear;
import dev.nemotron.layer.RmsNorm;
import dev.nemotron.layer.Workspace;
import dev.nemotron.layer.Workspace.Slot;
import dev.nemotron.spi.Backend;
import dev.nemotron.spi.Buffer;
import dev.nemotron.spi.LayerState;
import dev.nemotron.spi.Matrix;
import dev.nemotron.state.Batch;
import dev.nemotron.state.SequenceState;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The multi-token prediction head of {@code nemotron_h} (2.8): the normed embedding of the next token beside the normed
 * hidden state, projected to the model's width, then blocks as in the trunk, a last norm, and the trunk's output matrix.
 */
final class NemotronHDraftHead implements DraftHead {

    private final Backend backend;
    private final Workspace workspace;
    private final Matrix embedding;
    private final RmsNorm embeddingNorm;
    private final RmsNorm hiddenNorm;
    private final Linear fusion;
    private final List<Block> blocks;
    private final RmsNorm finalNorm;
    private final Head head;

    private NemotronHDraftHead(
            Workspace workspace,
            Matrix embedding,
            RmsNorm embeddingNorm,
            RmsNorm hiddenNorm,
            Linear fusion,
            List<Block> blocks,
            RmsNorm finalNorm,
            Head head) {
        this.backend = workspace.backend();
        this.workspace = workspace;
        this.embedding = embedding;
        this.embeddingNorm = embeddingNorm;
        this.hiddenNorm = hiddenNorm;
        this.fusion = fusion;
        this.blocks = blocks;
        this.finalNorm = finalNorm;
        this.head = head;
    }

    static NemotronHDraftHead load(
            NemotronHConfig config,
            Weights layers,
            NemotronHLayers builder,
            Matrix embedding,
            Head head,
            Workspace workspace) {
        int width = config.hiddenSize();
        List<Block> blocks = new ArrayList<>();
        int dense = 0;
        for (int i = 0; i < config.mtpBlocks().size(); i++) {
            BlockKind kind = config.mtpBlocks().get(i);
            int mlpWidth = 0;
            if (kind == BlockKind.MLP) {
                mlpWidth = config.mlpWidths().get(Collections.frequency(config.blocks(), BlockKind.MLP) + dense++);
            }
            blocks.add(builder.block(kind, mlpWidth, layers.at(i)));
        }
        Weights first = layers.at(0);
        Weights last = layers.at(blocks.size() - 1);
        return new NemotronHDraftHead(
                workspace,
                embedding,
                first.norm("enorm", width, config.normEpsilon()),
                first.norm("hnorm", width, config.normEpsilon()),
                first.linear("eh_proj", width, 2 * width),
                List.copyOf(blocks),
                last.norm("final_layernorm", width, config.normEpsilon()),
                head);
    }

    @Override
    public SequenceState newState() {
        List<LayerState> states = new ArrayList<>();
        for (Block block : blocks) {
            states.add(block.mixer().newState());
        }
        return new SequenceState(states);
    }

    @Override
    public void forward(Batch batch, Buffer hidden) {
        int rows = batch.rows();
        int width = embedding.columns();
        Buffer embedded = workspace.take(Slot.EMBEDDED, (long) rows * width);
        Buffer normed = workspace.take(Slot.NORMED, (long) rows * width);
        Buffer joined = workspace.take(Slot.JOINED, 2L * rows * width);
        Buffer stream = workspace.take(Slot.STREAM, (long) rows * width);
        backend.embed(embedding, batch.tokens(), rows, embedded);
        embeddingNorm.forward(backend, embedded, rows, embedded);
        hiddenNorm.forward(backend, hidden, rows, normed);
        backend.join(embedded, normed, width, rows, joined);
        fusion.forward(backend, batch, joined, stream);
        for (int i = 0; i < blocks.size(); i++) {
            blocks.get(i).forward(batch, i, width, stream, workspace);
        }
        head.select(batch, stream, finalNorm);
        batch.advance();
    }

    @Override
    public Buffer hidden() {
        return head.hidden();
    }

    @Override
    public Buffer logits(int first, int count) {
        return head.logits(first, count);
    }
}
