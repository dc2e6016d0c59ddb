package dev.nemotron.engine;

import dev.nemotron.ChatRequest;
import dev.nemotron.ModelFormatException;
import dev.nemotron.checkpoint.Checkpoint;
import dev.nemotron.json.JsonObject;
import dev.nemotron.template.FolderTemplates;
import dev.nemotron.tokenizer.Tokenizer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What turns text into tokens and back: the folder's tokenizer, its chat template and its end tokens. Immutable. */
public final class TextSide {

    /** The most characters of a token of white space that may stand before a bound answer. */
    private static final int MAX_SPACES = 4;

    private final Path folder;
    private final @Nullable Tokenizer tokenizer;
    private final ChatPrompts chat;
    private final Set<Integer> endTokens;
    private volatile int @Nullable [] spaceTokens;

    private TextSide(Path folder, @Nullable Tokenizer tokenizer, ChatPrompts chat, Set<Integer> endTokens) {
        this.folder = folder;
        this.tokenizer = tokenizer;
        this.chat = chat;
        this.endTokens = endTokens;
    }

    /** Reads what the folder has; a folder without a tokenizer can still be used with token ids. */
    static TextSide open(Checkpoint checkpoint, int vocabularySize) {
        Path folder = checkpoint.folder();
        Tokenizer tokenizer = Files.exists(folder.resolve("tokenizer.json")) ? Tokenizer.load(folder) : null;
        if (tokenizer != null && tokenizer.vocabularySize() > vocabularySize) {
            throw new ModelFormatException(folder.resolve("tokenizer.json") + ": has " + tokenizer.vocabularySize()
                    + " tokens, but the model's vocab_size is " + vocabularySize);
        }
        JsonObject tokenizerConfig = checkpoint.optionalJson("tokenizer_config.json");
        ChatPrompts chat = new ChatPrompts(FolderTemplates.read(folder));
        Set<Integer> endTokens = EndTokens.of(
                checkpoint.config(),
                checkpoint.optionalJson("generation_config.json"),
                tokenizerConfig,
                tokenizer,
                chat.source());
        return new TextSide(folder, tokenizer, chat, endTokens);
    }

    @Nullable
    Tokenizer tokenizer() {
        return tokenizer;
    }

    Set<Integer> endTokens() {
        return endTokens;
    }

    /** The tokens that are line breaks and spaces, a few of them at most. */
    int[] spaceTokens() {
        int[] known = spaceTokens;
        if (known == null) {
            known = tokenizer == null ? new int[0] : findSpaces(tokenizer);
            spaceTokens = known;
        }
        return known;
    }

    private static int[] findSpaces(Tokenizer tokenizer) {
        return IntStream.range(0, tokenizer.vocabularySize())
                .filter(tokenizer::has)
                .filter(token -> !tokenizer.isSpecial(token))
                .filter(token -> tokenizer.token(token).length() <= MAX_SPACES)
                .filter(token -> new String(tokenizer.bytes(token), StandardCharsets.UTF_8).matches("[ \n]+"))
                .toArray();
    }

    @Nullable
    String tokenizerSummary() {
        return tokenizer == null
                ? null
                : "byte-level BPE, " + tokenizer.vocabularySize() + " tokens, "
                        + tokenizer.addedTokens().size() + " of them added";
    }

    @Nullable
    String templateSummary() {
        return chat.source() == null ? null : "Jinja, " + chat.source().length() + " characters";
    }

    /**
     * The tokenizer, for those who cannot do without.
     *
     * @param purpose what needs it, for the message
     * @return the tokenizer
     * @throws ModelFormatException if the folder has none
     */
    public Tokenizer requireTokenizer(String purpose) {
        if (tokenizer == null) {
            throw new ModelFormatException(folder + ": there is no tokenizer.json, which " + purpose
                    + " needs; copy the file from the published folder, or give token ids");
        }
        return tokenizer;
    }

    /**
     * Renders a conversation.
     *
     * @param request the conversation
     * @return the text that the model is given
     * @throws ModelFormatException if the folder has no chat template
     * @throws dev.nemotron.TemplateException if the template refuses the conversation
     * @throws dev.nemotron.InvalidRequestException if the template has no way to do what is asked for
     */
    public String render(ChatRequest request) {
        return chat.render(request).text();
    }

    /** The tokens of a conversation; what the user wrote can never become a control token. */
    int[] encode(RenderedPrompt prompt) {
        return requireTokenizer("a conversation").encode(prompt.spans(), false);
    }

    /** What renders conversations. */
    ChatPrompts prompts() {
        return chat;
    }
}
