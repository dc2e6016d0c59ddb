package dev.nemotron.template;

import dev.nemotron.ModelFormatException;
import dev.nemotron.json.Json;
import dev.nemotron.json.JsonObject;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The chat templates of a model folder by name, and the special tokens that they may print.
 *
 * <p>{@code chat_template.jinja} is the default one and wins over the {@code chat_template} of
 * {@code tokenizer_config.json}, which is a text or a list of named ones; {@code additional_chat_templates/NAME.jinja}
 * adds to them.
 *
 * @param folder the folder
 * @param sources the templates' sources by name; the usual names are {@code default} and {@code tool_use}
 * @param specialTokens the tokens by the names that templates know them by, for example {@code bos_token}
 */
public record FolderTemplates(Path folder, Map<String, String> sources, Map<String, String> specialTokens) {

    /** The template that is used where nothing else is said. */
    public static final String DEFAULT = "default";

    /** The template that is used where tools are given, if there is one of that name. */
    public static final String TOOL_USE = "tool_use";

    private static final long MAX_BYTES = 4L << 20;

    /** Copies the maps. */
    public FolderTemplates {
        sources = Map.copyOf(sources);
        specialTokens = Map.copyOf(specialTokens);
    }

    /**
     * Looks the templates of a folder up. It is no error if there are none.
     *
     * @param folder a model folder
     * @return its templates
     * @throws ModelFormatException if a file cannot be read or is not what it should be
     */
    public static FolderTemplates read(Path folder) {
        Path config = folder.resolve("tokenizer_config.json");
        Map<String, String> sources = new LinkedHashMap<>();
        Map<String, String> tokens = new LinkedHashMap<>();
        if (Files.exists(config)) {
            JsonObject json = Json.readObject(config);
            configured(json, sources);
            specialTokens(json, tokens);
        }
        Path own = folder.resolve("chat_template.jinja");
        if (Files.exists(own)) {
            sources.put(DEFAULT, text(own));
        }
        additional(folder.resolve("additional_chat_templates"), sources);
        return new FolderTemplates(folder, sources, tokens);
    }

    private static void configured(JsonObject config, Map<String, String> sources) {
        Object value = config.values().get("chat_template");
        if (value instanceof String source) {
            if (!source.isBlank()) {
                sources.put(DEFAULT, source);
            }
        } else if (value != null) {
            for (Object entry : Objects.requireNonNull(config.list("chat_template"))) {
                if (!(entry instanceof Map<?, ?> named)
                        || !(named.get("name") instanceof String name)
                        || !(named.get("template") instanceof String source)) {
                    throw config.wrong("chat_template", "a text or a list of {\"name\", \"template\"}", entry);
                }
                sources.put(name, source);
            }
        }
    }

    private static void specialTokens(JsonObject config, Map<String, String> tokens) {
        config.values().forEach((key, value) -> {
            String token = token(value);
            if (key.endsWith("_token") && token != null) {
                tokens.put(key, token);
            }
        });
    }

    private static @Nullable String token(@Nullable Object value) {
        Object content = value instanceof Map<?, ?> added ? added.get("content") : value;
        return content instanceof String text ? text : null;
    }

    private static void additional(Path folder, Map<String, String> sources) {
        if (!Files.isDirectory(folder)) {
            return;
        }
        Map<String, Path> files = new TreeMap<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, "*.jinja")) {
            for (Path file : entries) {
                String name = String.valueOf(file.getFileName());
                files.put(name.substring(0, name.length() - ".jinja".length()), file);
            }
        } catch (IOException e) {
            throw new ModelFormatException(folder + ": cannot be listed (" + e + ")", e);
        }
        files.forEach((name, file) -> sources.put(name, text(file)));
    }

    private static String text(Path file) {
        try {
            long size = Files.size(file);
            if (size > MAX_BYTES) {
                throw new ModelFormatException(
                        file + ": " + size + " bytes, but a template may have at most " + MAX_BYTES);
            }
            return Files.readString(file);
        } catch (CharacterCodingException e) {
            throw new ModelFormatException(file + ": not valid UTF-8", e);
        } catch (IOException e) {
            throw new ModelFormatException(file + ": cannot be read (" + e + ")", e);
        }
    }

    /**
     * Chooses as transformers does.
     *
     * @param withTools whether tools are given
     * @return {@code tool_use} where tools are given and there is a template of that name, else {@code default}
     */
    public String choose(boolean withTools) {
        return withTools && sources.containsKey(TOOL_USE) ? TOOL_USE : DEFAULT;
    }

    /**
     * Compiles the template of a name.
     *
     * @param name its name
     * @return the compiled template
     * @throws ModelFormatException if there is none of that name
     * @throws dev.nemotron.TemplateException if it cannot be compiled
     */
    public ChatTemplate compile(String name) {
        String source = sources.get(name);
        if (source != null) {
            return ChatTemplate.compile(source, folder + " chat template \"" + name + "\"");
        }
        String place = folder.toString().isEmpty() ? "" : folder + ": ";
        if (sources.isEmpty()) {
            throw new ModelFormatException(place
                    + "there is no chat template (chat_template.jinja, or chat_template in tokenizer_config.json);"
                    + " copy the file from the published folder, set ChatMl.TEMPLATE if the model was trained on"
                    + " that format, or render the conversation yourself and generate from text");
        }
        throw new ModelFormatException(
                place + "there is no chat template \"" + name + "\", only " + new TreeMap<>(sources).keySet());
    }
}
