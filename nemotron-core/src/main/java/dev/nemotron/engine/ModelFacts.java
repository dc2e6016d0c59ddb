package dev.nemotron.engine;

import dev.nemotron.BackendChoice;
import dev.nemotron.ModelInfo;
import dev.nemotron.ModelOptions;
import dev.nemotron.arch.Architecture;
import dev.nemotron.arch.Architectures;
import dev.nemotron.checkpoint.Checkpoint;
import dev.nemotron.spi.Backend;
import java.nio.file.Path;
import java.util.List;

/** Tells what a model is. */
public final class ModelFacts {

    /** Enough to bind each weight to its place; nothing is computed. */
    private static final ModelOptions BINDING =
            ModelOptions.builder().backend(BackendChoice.SCALAR).threads(1).build();

    private ModelFacts() {}

    /**
     * Reads a folder without reading its weights, so that a model can be looked at which is too large to run here. Every
     * tensor is looked up and its shape checked, as loading does. A folder that has no weight files at all is described from
     * its configuration.
     *
     * @param folder the model folder
     * @return the facts
     */
    public static ModelInfo inspect(Path folder) {
        if (!Checkpoint.hasWeights(folder)) {
            try (Checkpoint checkpoint = Checkpoint.openWithoutWeights(folder)) {
                Architecture.Description description =
                        Architectures.of(checkpoint.config()).describe(checkpoint.config());
                return of(checkpoint, description, true, TextSide.open(checkpoint, description.vocabularySize()));
            }
        }
        try (Checkpoint checkpoint = Checkpoint.open(folder)) {
            Architecture architecture = Architectures.of(checkpoint.config());
            Architecture.Description description = architecture.describe(checkpoint.config());
            TextSide text = TextSide.open(checkpoint, description.vocabularySize());
            try (Backend backend = BackendSelection.start(BINDING)) {
                boolean drafts = architecture.load(checkpoint, backend).draftHead() != null;
                return of(checkpoint, description, drafts, text);
            }
        }
    }

    /**
     * Collects the facts.
     *
     * @param drafts whether the checkpoint holds the draft head that its configuration describes
     */
    static ModelInfo of(Checkpoint checkpoint, Architecture.Description description, boolean drafts, TextSide text) {
        return new ModelInfo(
                String.valueOf(checkpoint.folder().toAbsolutePath().normalize().getFileName()),
                Architectures.of(checkpoint.config()).modelType(),
                description.blocks(),
                drafts ? description.draftBlocks() : List.of(),
                drafts ? description.parameters() : description.parameters() - description.draftParameters(),
                description.hiddenSize(),
                description.vocabularySize(),
                description.maxContextTokens(),
                List.copyOf(text.endTokens()),
                text.tokenizerSummary(),
                text.templateSummary());
    }
}
