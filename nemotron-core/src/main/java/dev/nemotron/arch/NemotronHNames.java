package dev.nemotron.arch;

import dev.nemotron.ModelFormatException;
import dev.nemotron.checkpoint.Checkpoint;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a {@code nemotron_h} checkpoint names its tensors (architecture specification 3.2). The published files say
 * {@code backbone}, files of newer tools say {@code model}, multimodal containers put a prefix in front.
 *
 * @param trunk the path of the trunk
 * @param embedding the embedding below the trunk
 * @param finalNorm the last norm below the trunk
 * @param head the output matrix, or null where the embedding serves as such
 * @param draft the path of the draft head's layers, or null where there is none
 */
record NemotronHNames(
        String trunk,
        String embedding,
        String finalNorm,
        @Nullable String head,
        @Nullable String draft) {

    private static final List<String> TRUNKS = List.of(
            "language_model.backbone",
            "backbone",
            "model.language_model.backbone",
            "language_model.model.backbone",
            "model.backbone",
            "language_model.model",
            "model.language_model",
            "model");
    private static final List<String> EMBEDDINGS = List.of("embeddings", "embedding", "embed_tokens");
    private static final List<String> NORMS = List.of("norm_f", "norm");
    private static final List<String> HEADS =
            List.of("lm_head", "language_model.lm_head", "model.language_model.lm_head", "model.lm_head");
    private static final List<String> DRAFTS =
            List.of("mtp.layers", "language_model.mtp.layers", "model.mtp.layers", "model.language_model.mtp.layers");

    static NemotronHNames find(Checkpoint checkpoint) {
        for (String trunk : TRUNKS) {
            for (String embedding : EMBEDDINGS) {
                if (checkpoint.hasModule(trunk + "." + embedding)) {
                    String norm = first(checkpoint, trunk + ".", NORMS, "");
                    return new NemotronHNames(
                            trunk,
                            embedding,
                            norm == null ? NORMS.getFirst() : norm,
                            first(checkpoint, "", HEADS, ""),
                            first(checkpoint, "", DRAFTS, ".0.eh_proj"));
                }
            }
        }
        throw new ModelFormatException(checkpoint.folder()
                + ": no embedding found, expected a tensor such as backbone.embeddings.weight; the first tensors are "
                + checkpoint.names().stream().limit(3).toList());
    }

    private static @Nullable String first(Checkpoint checkpoint, String prefix, List<String> names, String suffix) {
        for (String name : names) {
            if (checkpoint.hasModule(prefix + name + suffix)) {
                return name;
            }
        }
        return null;
    }
}
