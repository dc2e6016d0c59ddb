package dev.nemotron.checkpoint;

import dev.nemotron.json.JsonObject;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a folder says about its quantisation (quantisation specification 1.1 and 1.9). It decides nothing, since published
 * lists have been wrong: formats follow from tensors. It serves to name things and to warn where tensors disagree. Whatever
 * is malformed in it counts as absent.
 *
 * @param source the file it was found in, for messages
 * @param method {@code modelopt}, {@code compressed-tensors} or another
 * @param algorithm the layout in upper case, for example {@code NVFP4} or {@code MIXED_PRECISION}; empty where none is named
 * @param cacheAlgorithm the layout of the KV cache that the publisher measured with, or empty
 * @param excluded names and patterns of the modules that are not quantised
 * @param byModule the layout of single modules in upper case, for mixed layouts
 */
public record QuantizationMetadata(
        String source,
        String method,
        String algorithm,
        String cacheAlgorithm,
        List<String> excluded,
        Map<String, String> byModule) {

    private static final System.Logger LOG = System.getLogger(QuantizationMetadata.class.getName());

    private static final Set<String> PLAIN = Set.of("BF16", "F16", "F32");

    /** Modules that published lists of exclusions forget, though they are never quantised. */
    private static final List<String> UNLISTED = List.of(".gate", ".conv1d", "embeddings");

    private static final String MIXED = "MIXED_PRECISION";
    private static final String NONE = "UNQUANTIZED";

    /**
     * Copies the collections.
     *
     * @param source the file
     * @param method the tool
     * @param algorithm the layout
     * @param cacheAlgorithm the layout of the cache
     * @param excluded modules left as they are
     * @param byModule layouts of single modules
     */
    public QuantizationMetadata {
        excluded = List.copyOf(excluded);
        byModule = Collections.unmodifiableMap(new LinkedHashMap<>(byModule));
    }

    /**
     * Reads the metadata of a folder, {@code hf_quant_config.json} before {@code config.json}.
     *
     * @param checkpoint the folder
     * @return the metadata, or null where the folder has none
     */
    public static @Nullable QuantizationMetadata find(Checkpoint checkpoint) {
        JsonObject own = checkpoint.optionalJson("hf_quant_config.json");
        if (own != null) {
            return parse(own.values(), own.source());
        }
        Map<?, ?> converted = map(checkpoint.config().values().get("quantization_config"));
        for (String nested : List.of("llm_config", "text_config")) {
            if (converted.isEmpty()) {
                converted = map(map(checkpoint.config().values().get(nested)).get("quantization_config"));
            }
        }
        return converted.isEmpty() ? null : parse(converted, checkpoint.config().source());
    }

    private static QuantizationMetadata parse(Map<?, ?> outer, String source) {
        Map<?, ?> inner = map(outer.get("quantization"));
        Map<?, ?> body = inner.isEmpty() ? outer : inner;
        Map<String, String> byModule = new LinkedHashMap<>();
        map(body.get("quantized_layers")).forEach((module, layout) -> {
            if (module instanceof String name) {
                byModule.put(name, upper(map(layout).get("quant_algo")));
            }
        });
        List<String> excluded = new ArrayList<>(strings(body.get("exclude_modules")));
        excluded.addAll(strings(body.get("ignore")));
        String algorithm = upper(body.get("quant_algo"));
        return new QuantizationMetadata(
                source,
                text(outer.get("quant_method"), text(map(outer.get("producer")).get("name"), "modelopt")),
                algorithm.isEmpty() ? upper(body.get("format")) : algorithm,
                upper(body.get("kv_cache_quant_algo")),
                excluded,
                byModule);
    }

    /**
     * Looks up the layout that is claimed for a module.
     *
     * @param module the module's full name
     * @return the claimed layout in upper case, {@code UNQUANTIZED} where the module is excluded, empty where nothing is said
     */
    public String claim(String module) {
        String own = byModule.get(module);
        if (own != null) {
            return own;
        }
        if (algorithm.equals(MIXED) || isExcluded(module)) {
            return NONE;
        }
        return algorithm;
    }

    /**
     * Tells whether a module is on the list of those that are not quantised.
     *
     * @param module the module's full name
     * @return whether a name or pattern of the list fits
     */
    public boolean isExcluded(String module) {
        return excluded.stream().anyMatch(pattern -> ModulePattern.matches(pattern, module));
    }

    /**
     * Compares a claim with what the tensors are.
     *
     * @param module the module's full name
     * @param format the name of the weight format that was recognised
     * @return a sentence about the disagreement, or null where there is none or nothing is claimed
     */
    public @Nullable String disagreement(String module, String format) {
        String claimed = family(claim(module));
        String found = PLAIN.contains(format) ? NONE : family(format);
        boolean unlisted = found.equals(NONE) && UNLISTED.stream().anyMatch(module::endsWith);
        return claimed.isEmpty() || claimed.equals(found) || unlisted
                ? null
                : source + ": claims " + claim(module) + " for \"" + module + "\", but its tensors are " + format;
    }

    /**
     * Compares all claims with what the tensors are and logs a warning where they disagree.
     *
     * @param formats the recognised format of each module
     */
    public void crossCheck(Map<String, String> formats) {
        List<String> disagreements = formats.entrySet().stream()
                .map(entry -> disagreement(entry.getKey(), entry.getValue()))
                .filter(Objects::nonNull)
                .toList();
        if (!disagreements.isEmpty()) {
            LOG.log(
                    Level.WARNING,
                    () -> disagreements.getFirst() + " (" + disagreements.size() + " of " + formats.size()
                            + " modules disagree; the tensors decide)");
        }
    }

    private static String family(String layout) {
        if (layout.contains("NVFP4")) {
            return "NVFP4";
        }
        if (layout.startsWith("FP8") || layout.equals("FLOAT-QUANTIZED")) {
            return "FP8";
        }
        return layout.equals("DENSE") ? NONE : layout.equals("MIXED-PRECISION") ? "" : layout;
    }

    private static Map<?, ?> map(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? map : Map.of();
    }

    private static List<String> strings(@Nullable Object value) {
        return value instanceof List<?> list
                ? list.stream()
                        .filter(String.class::isInstance)
                        .map(String.class::cast)
                        .toList()
                : List.of();
    }

    private static String text(@Nullable Object value, String absent) {
        return value instanceof String text ? text : absent;
    }

    private static String upper(@Nullable Object value) {
        return text(value, "").toUpperCase(Locale.ROOT);
    }
}
