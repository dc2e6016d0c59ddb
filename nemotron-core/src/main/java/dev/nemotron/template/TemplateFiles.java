package dev.nemotron.template;

import dev.nemotron.ModelFormatException;
import dev.nemotron.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds the chat template of a model folder. */
public final class TemplateFiles {

    private static final String FILE = "chat_template.jinja";

    private TemplateFiles() {}

    /**
     * Finds the template: the file {@code chat_template.jinja}, else the key {@code chat_template} of the tokenizer's
     * configuration, which is a string or a list of named ones, of which {@code default} counts.
     *
     * @param folder the model folder
     * @param tokenizerConfig the content of {@code tokenizer_config.json}, or null
     * @return the compiled template, or null where there is none
     * @throws ModelFormatException if the file cannot be read
     * @throws dev.nemotron.TemplateException if the template cannot be compiled
     */
    public static @Nullable ChatTemplate find(Path folder, @Nullable JsonObject tokenizerConfig) {
        Path file = folder.resolve(FILE);
        if (Files.exists(file)) {
            try {
                return ChatTemplate.compile(Files.readString(file), FILE);
            } catch (IOException e) {
                throw new ModelFormatException(file + ": cannot be read (" + e + ")", e);
            }
        }
        Object value = tokenizerConfig == null ? null : tokenizerConfig.values().get("chat_template");
        if (value instanceof List<?> named) {
            for (Object item : named) {
                if (item instanceof Map<?, ?> map
                        && "default".equals(map.get("name"))
                        && map.get("template") instanceof String source) {
                    return ChatTemplate.compile(source, "tokenizer_config.json");
                }
            }
            return null;
        }
        return value instanceof String source ? ChatTemplate.compile(source, "tokenizer_config.json") : null;
    }
}
