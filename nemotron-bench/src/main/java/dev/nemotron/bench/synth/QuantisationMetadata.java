package dev.nemotron.bench.synth;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a quantised release says about itself, in {@code hf_quant_config.json} and again in {@code config.json} (quantisation
 * specification 1.1).
 */
final class QuantisationMetadata {

    private static final Map<String, Object> PRODUCER = Map.of("name", "modelopt", "version", "0.44.0");
    private static final int GROUP = 16;

    private final String algorithm;
    private final @Nullable String kvCache;
    private final List<String> excluded;
    private final Map<String, @Nullable Object> layers = new LinkedHashMap<>();

    private QuantisationMetadata(Shape shape, Layout layout, Set<String> algorithms) {
        boolean mixed = algorithms.size() > 1;
        this.algorithm = mixed ? "MIXED_PRECISION" : algorithms.iterator().next();
        this.kvCache = shape.sizes().moe() == null ? null : "FP8";
        this.excluded = excluded(layout, mixed);
        if (mixed) {
            layout.modules().forEach((module, encoding) -> {
                if (encoding.algorithm() != null) {
                    layers.put(module, describe(encoding));
                }
            });
        }
    }

    /** Describes a release; null where nothing is quantised. */
    static @Nullable QuantisationMetadata of(Shape shape, Layout layout) {
        Set<String> algorithms = new TreeSet<>();
        for (Encoding encoding : layout.modules().values()) {
            if (encoding.algorithm() != null) {
                algorithms.add(encoding.algorithm());
            }
        }
        return algorithms.isEmpty() ? null : new QuantisationMetadata(shape, layout, algorithms);
    }

    private static Map<String, @Nullable Object> describe(Encoding encoding) {
        Map<String, @Nullable Object> description = new LinkedHashMap<>();
        description.put("quant_algo", encoding.algorithm());
        if (encoding != Encoding.FP8) {
            description.put("group_size", GROUP);
        }
        return description;
    }

    /** Uniform releases list no routers and no embedding, though these are not quantised either. */
    private static List<String> excluded(Layout layout, boolean mixed) {
        Set<String> names = new TreeSet<>();
        layout.modules().forEach((module, encoding) -> {
            if (encoding.algorithm() == null) {
                names.add(module);
            }
        });
        for (PlannedTensor tensor : layout.tensors()) {
            String module = tensor.name().substring(0, tensor.name().lastIndexOf('.'));
            if (module.startsWith("mtp.")) {
                names.add("mtp*");
            } else if (module.endsWith(".conv1d")
                    || (mixed && (module.endsWith(".gate") || module.endsWith(".embeddings")))) {
                names.add(module);
            }
        }
        return new ArrayList<>(names);
    }

    /** The content of {@code hf_quant_config.json}. */
    Map<String, @Nullable Object> ownFile() {
        Map<String, @Nullable Object> quantisation = new LinkedHashMap<>();
        quantisation.put("quant_algo", algorithm);
        quantisation.put("kv_cache_quant_algo", kvCache);
        if (algorithm.endsWith("NVFP4")) {
            quantisation.put("group_size", GROUP);
        }
        quantisation.put("exclude_modules", excluded);
        if (!layers.isEmpty()) {
            quantisation.put("quantized_layers", layers);
        }
        Map<String, @Nullable Object> file = new LinkedHashMap<>();
        file.put("producer", PRODUCER);
        file.put("quantization", quantisation);
        return file;
    }

    /** The value of {@code quantization_config} in {@code config.json}. */
    Map<String, @Nullable Object> configKey() {
        Map<String, @Nullable Object> key = new LinkedHashMap<>();
        key.put("quant_method", "modelopt");
        key.put("quant_algo", algorithm);
        key.put("producer", PRODUCER);
        key.put("ignore", excluded);
        if (kvCache != null) {
            key.put("kv_cache_scheme", Map.of("dynamic", false, "num_bits", 8, "type", "float"));
        }
        if (!layers.isEmpty()) {
            key.put("quantized_layers", layers);
        }
        return key;
    }
}
