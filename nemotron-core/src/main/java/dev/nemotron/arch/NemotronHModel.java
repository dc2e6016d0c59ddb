package dev.nemotron.arch;

import dev.nemotron.checkpoint.Checkpoint;
import dev.nemotron.checkpoint.QuantizationMetadata;
import dev.nemotron.layer.Block;
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
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * {@code nemotron_h}: Nemotron-H, Nano 2, Nemotron 3 and later. A list of blocks with one mixer each, no positions, no
 * biases but where the checkpoint has them (architecture specification 2.1).
 */
final class NemotronHModel implements CausalModel {

    private final NemotronHConfig config;
    private final Backend backend;
    private final Workspace workspace;
    private final Matrix embedding;
    private final List<Block> blocks;
    private final RmsNorm finalNorm;
    private final Head head;
    private final @Nullable NemotronHDraftHead draftHead;

    private NemotronHModel(
            NemotronHConfig config,
            Backend backend,
            Workspace workspace,
            Matrix embedding,
            List<Block> blocks,
            RmsNorm finalNorm,
            Head head,
            @Nullable NemotronHDraftHead draftHead) {
        this.config = config;
        this.backend = backend;
        this.workspace = workspace;
        this.embedding = embedding;
        this.blocks = blocks;
        this.finalNorm = finalNorm;
        this.head = head;
        this.draftHead = draftHead;
    }

    static NemotronHModel load(NemotronHConfig config, Checkpoint checkpoint, Backend backend) {
        NemotronHNames names = NemotronHNames.find(checkpoint);
        Weights root = Weights.of(checkpoint, backend);
        Weights trunk = root.at(names.trunk());
        NemotronHLayers layers = new NemotronHLayers(config, backend);
        Workspace workspace = new Workspace(backend);
        int width = config.hiddenSize();

        Matrix embedding = trunk.matrix(names.embedding(), config.vocabularySize(), width);
        List<Block> blocks = new ArrayList<>();
        for (int i = 0; i < config.blocks().size(); i++) {
            BlockKind kind = config.blocks().get(i);
            int mlpWidth = kind == BlockKind.MLP ? config.mlpWidth(i) : 0;
            blocks.add(layers.block(kind, mlpWidth, trunk.at("layers", i)));
        }
        Matrix output = config.tiedEmbeddings() || names.head() == null
                ? embedding
                : root.matrix(names.head(), config.vocabularySize(), width);
        Head head = new Head(output, workspace);
        NemotronHDraftHead draftHead =
                names.draft() == null || config.mtpBlocks().isEmpty()
                        ? null
                        : NemotronHDraftHead.load(config, root.at(names.draft()), layers, embedding, head, workspace);
        QuantizationMetadata claims = QuantizationMetadata.find(checkpoint);
        if (claims != null) {
            claims.crossCheck(root.formats());
        }
        return new NemotronHModel(
                config,
                backend,
                workspace,
                embedding,
                List.copyOf(blocks),
                trunk.norm(names.finalNorm(), width, config.normEpsilon()),
                head,
                draftHead);
    }

    @Override
    public int vocabularySize() {
        return config.vocabularySize();
    }

    @Override
    public int hiddenSize() {
        return config.hiddenSize();
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
    public boolean forward(Batch batch, BooleanSupplier pointless) {
        int width = config.hiddenSize();
        Buffer stream = workspace.take(Slot.STREAM, (long) batch.rows() * width);
        backend.embed(embedding, batch.tokens(), batch.rows(), stream);
        for (int i = 0; i < blocks.size(); i++) {
            if (pointless.getAsBoolean()) {
                return false;
            }
            blocks.get(i).forward(batch, i, width, stream, workspace);
        }
        head.select(batch, stream, finalNorm);
        batch.advance();
        return true;
    }

    @Override
    public Buffer hidden() {
        return head.hidden();
    }

    @Override
    public Buffer logits(int first, int count) {
        return head.logits(first, count);
    }

    @Override
    public @Nullable DraftHead draftHead() {
        return draftHead;
    }
}
