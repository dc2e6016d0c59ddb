package dev.nemotron.arch;

import dev.nemotron.UnsupportedModelException;
import dev.nemotron.json.JsonObject;
import java.util.List;
import java.util.stream.Collectors;

/** The architectures that are supported. */
public final class Architectures {

    private static final List<Architecture> ALL = List.of(new NemotronH());

    private Architectures() {}

    /**
     * Finds the architecture of a model.
     *
     * @param config the content of its {@code config.json}
     * @return the architecture
     * @throws UnsupportedModelException if it is not supported; names it, and those that are
     */
    public static Architecture of(JsonObject config) {
        for (Architecture architecture : ALL) {
            if (architecture.matches(config)) {
                return architecture;
            }
        }
        throw new UnsupportedModelException(config.source() + ": the architecture " + config.string("model_type") + " "
                + (config.has("architectures") ? config.list("architectures") : "")
                + " is not supported; supported are "
                + ALL.stream().map(Architecture::modelType).collect(Collectors.joining(", ")));
    }
}
