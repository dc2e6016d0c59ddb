package dev.nemotron.bench.synth;

import dev.nemotron.arch.NemotronHConfig;
import dev.nemotron.json.Json;
import dev.nemotron.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The published models of the family, by their sizes (architecture specification 1.2 to 1.4), and a small one for tests. */
public enum Shape {
    /** Nemotron-H-4B. */
    NEMOTRON_H_4B(ShapeConfig.first(3072, Patterns.H_8B, 12_288, 8192)
            .attention(32, 8)
            .mamba(112, 64, 128)),
    /** Nemotron-H-8B. */
    NEMOTRON_H_8B(ShapeConfig.first(4096, Patterns.H_8B, 21_504, 8192)
            .attention(32, 8)
            .mamba(128, 64, 128)),
    /** Nemotron-H-47B. */
    NEMOTRON_H_47B(ShapeConfig.first(8192, Patterns.H_47B, 30_720, 8192)
            .attention(64, 8)
            .mamba(256, 64, 256)),
    /** Nemotron-H-56B. */
    NEMOTRON_H_56B(ShapeConfig.first(8192, Patterns.H_56B, 32_768, 8192)
            .attention(64, 8)
            .mamba(256, 64, 256)),
    /** Nemotron-Nano-12B-v2. */
    NANO_12B_V2(ShapeConfig.second(5120, Patterns.NANO_12B, 20_480, 131_072)
            .attention(40, 8)
            .mamba(128, 80, 128)),
    /** Nemotron-Nano-9B-v2. */
    NANO_9B_V2(ShapeConfig.second(4480, Patterns.NANO_9B, 15_680, 131_072)
            .attention(40, 8)
            .mamba(128, 80, 128)),
    /** Nemotron-3-Nano-4B. */
    NANO_4B(ShapeConfig.second(3136, Patterns.NANO_4B, 12_544, 262_144)
            .attention(40, 8)
            .mamba(96, 80, 128)),
    /** Nemotron-3-Nano-30B-A3B. */
    NANO_30B_A3B(ShapeConfig.second(2688, Patterns.NANO_30B, 1856, 262_144)
            .attention(32, 2)
            .mamba(64, 64, 128)
            .experts(128, 6, 1856, 3712, 2.5)),
    /** Nemotron-3.5-Lightning-30B-A3B. */
    LIGHTNING_30B_A3B(ShapeConfig.second(2688, Patterns.NANO_30B, 1856, 1_048_576)
            .attention(32, 2)
            .mamba(64, 64, 128)
            .experts(128, 6, 1856, 3712, 2.5)
            .draftHead()
            .listForm()),
    /** Nemotron-3-Super-120B-A12B. */
    SUPER_120B_A12B(ShapeConfig.second(4096, Patterns.SUPER, 2688, 262_144)
            .attention(32, 2)
            .mamba(128, 64, 128)
            .experts(512, 22, 2688, 5376, 5.0)
            .latent(1024)
            .draftHead()),
    /** Nemotron-3-Ultra-550B-A55B. */
    ULTRA_550B_A55B(ShapeConfig.second(8192, Patterns.ULTRA, 5120, 262_144)
            .attention(64, 2)
            .mamba(256, 64, 128)
            .experts(512, 22, 5120, 10_240, 5.0)
            .latent(2048)
            .draftHead()
            .listForm()),
    /** No published model: every kind of block, a few megabytes. */
    TINY(ShapeConfig.second(128, "M-MEM*EM-", 192, 4096)
            .vocabulary(2048)
            .attention(8, 2)
            .mamba(16, 16, 32)
            .experts(16, 4, 64, 128, 2.5)
            .latent(64)
            .draftHead());

    @SuppressWarnings("ImmutableEnumChecker") // not changed after construction
    private final ShapeConfig config;

    Shape(ShapeConfig config) {
        this.config = config;
    }

    /**
     * The name on the command line.
     *
     * @return for example {@code nano-30b-a3b}
     */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * Finds a shape.
     *
     * @param label its name on the command line, in any case
     * @return the shape
     * @throws IllegalArgumentException if there is none of that name; the message lists them
     */
    public static Shape of(String label) {
        for (Shape shape : values()) {
            if (shape.label().equalsIgnoreCase(label)) {
                return shape;
            }
        }
        throw new IllegalArgumentException("no shape \"" + label + "\", there are "
                + Arrays.stream(values()).map(Shape::label).collect(Collectors.joining(", ")));
    }

    /**
     * The model's configuration, spelled as its publisher does.
     *
     * @return the keys of {@code config.json} in document order, quantisation not included
     */
    Map<String, @Nullable Object> configKeys() {
        return config.keys();
    }

    /** Whether routed experts work in a narrower space, as in Super and Ultra. */
    boolean hasLatentExperts() {
        return config.hasLatent();
    }

    /**
     * The number of parameters, draft head and correction biases included.
     *
     * @return the published number
     */
    public long parameters() {
        return sizes().parameterCount();
    }

    /** The model's sizes, as the engine reads them from the configuration. */
    NemotronHConfig sizes() {
        byte[] json = JsonWriter.write(configKeys()).getBytes(StandardCharsets.UTF_8);
        return NemotronHConfig.parse(Json.parseObject(json, label()));
    }
}
