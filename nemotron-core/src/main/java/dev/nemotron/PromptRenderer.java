package dev.nemotron;

import dev.nemotron.engine.ChatPrompts;
import dev.nemotron.tokenizer.TextSpan;
import dev.nemotron.tokenizer.Tokenizer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Renders conversations as a model is given them, without loading the model: a folder needs its tokenizer files only.
 * Thread-safe.
 */
public final class PromptRenderer {

    private final ChatPrompts prompts;
    private final @Nullable Tokenizer tokenizer;

    private PromptRenderer(ChatPrompts prompts, @Nullable Tokenizer tokenizer) {
        this.prompts = prompts;
        this.tokenizer = tokenizer;
    }

    /**
     * Renders with the chat template of a folder.
     *
     * @param folder a model folder, or one with its tokenizer files alone
     * @param specialTokens tokens by the names that templates know them by, such as {@code bos_token}, beside those of the
     *     folder
     * @return the renderer
     * @throws ModelFormatException if a file cannot be read or is not what it should be
     */
    public static PromptRenderer of(Path folder, Map<String, String> specialTokens) {
        Tokenizer tokenizer = Files.exists(folder.resolve("tokenizer.json")) ? Tokenizer.load(folder) : null;
        return new PromptRenderer(ChatPrompts.of(folder, specialTokens), tokenizer);
    }

    /**
     * Renders with a template of the requests' own.
     *
     * @param specialTokens tokens by the names that templates know them by
     * @return the renderer
     */
    public static PromptRenderer withoutFolder(Map<String, String> specialTokens) {
        return new PromptRenderer(ChatPrompts.withoutFolder(specialTokens), null);
    }

    /**
     * The same with another chat template in place of those of the folder; one that a request brings still comes first.
     *
     * @param source the template
     * @param name what messages call it, usually its file
     * @return the changed renderer
     */
    public PromptRenderer withTemplate(String source, String name) {
        return new PromptRenderer(
                prompts.withTemplate(Objects.requireNonNull(source), Objects.requireNonNull(name)), tokenizer);
    }

    /**
     * Renders a conversation.
     *
     * @param request the conversation
     * @return the text of the prompt
     * @throws ModelFormatException if there is no template
     * @throws TemplateException if the template is malformed or refuses the conversation
     * @throws InvalidRequestException if the template has no way to do what is asked for
     */
    public String render(ChatRequest request) {
        StringBuilder text = new StringBuilder();
        prompts.spans(request).forEach(span -> text.append(span.text()));
        return text.toString();
    }

    /**
     * Renders a conversation and turns it into tokens; what came with the messages cannot become a control token.
     *
     * @param request the conversation
     * @return the token ids of the prompt
     * @throws TemplateException if the template is malformed or refuses the conversation
     * @throws InvalidRequestException if the template has no way to do what is asked for
     * @throws ModelFormatException if there is no template, or no tokenizer
     */
    public List<Integer> tokenize(ChatRequest request) {
        List<TextSpan> spans = prompts.spans(Objects.requireNonNull(request));
        if (tokenizer == null) {
            throw new ModelFormatException("token ids need a folder with a tokenizer.json");
        }
        return Arrays.stream(tokenizer.encode(spans, false)).boxed().toList();
    }
}
