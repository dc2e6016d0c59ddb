package dev.nemotron.engine;

import dev.nemotron.ChatMessage;
import dev.nemotron.ChatRequest;
import dev.nemotron.InvalidRequestException;
import dev.nemotron.Rendering;
import dev.nemotron.Tool;
import dev.nemotron.ToolChoice;
import dev.nemotron.template.ChatTemplate;
import dev.nemotron.template.Continuation;
import dev.nemotron.template.FolderTemplates;
import dev.nemotron.template.MessageForm;
import dev.nemotron.template.ReasoningSwitch;
import dev.nemotron.template.RenderOptions;
import dev.nemotron.template.TemplateCapabilities;
import dev.nemotron.tokenizer.TextSpan;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Turns conversations into prompts with the folder's own chat template. A template is compiled when it is first needed, so
 * that one which cannot be compiled keeps nobody from generating text. Thread-safe.
 */
public final class ChatPrompts {

    private final FolderTemplates templates;
    private final @Nullable Given given;
    private final Map<String, Compiled> compiled = new ConcurrentHashMap<>();

    /** The template that a request has brought last. */
    private volatile @Nullable Compiled ofRequests;

    /** A template in place of those of the folder. */
    private record Given(String source, String name) {}

    private record Compiled(
            ChatTemplate template, TemplateCapabilities capabilities, MessageForm form, ReasoningSwitch reasoning) {}

    /**
     * Prompts from the templates of a folder.
     *
     * @param templates the templates
     */
    public ChatPrompts(FolderTemplates templates) {
        this(templates, null);
    }

    private ChatPrompts(FolderTemplates templates, @Nullable Given given) {
        this.templates = templates;
        this.given = given;
    }

    /**
     * Prompts from the templates of a folder, and further special tokens.
     *
     * @param folder the folder
     * @param specialTokens tokens by the names that templates know them by
     * @return the prompts
     * @throws dev.nemotron.ModelFormatException if a file cannot be read or is not what it should be
     */
    public static ChatPrompts of(Path folder, Map<String, String> specialTokens) {
        FolderTemplates read = FolderTemplates.read(folder);
        Map<String, String> tokens = new HashMap<>(read.specialTokens());
        tokens.putAll(specialTokens);
        return new ChatPrompts(new FolderTemplates(folder, read.sources(), tokens));
    }

    /**
     * Prompts from templates that come with the requests.
     *
     * @param specialTokens tokens by the names that templates know them by
     * @return the prompts
     */
    public static ChatPrompts withoutFolder(Map<String, String> specialTokens) {
        return new ChatPrompts(new FolderTemplates(Path.of(""), Map.of(), specialTokens));
    }

    /**
     * The same with another template in place of those of the folder.
     *
     * @param source the template
     * @param name what messages call it
     * @return the prompts
     */
    public ChatPrompts withTemplate(String source, String name) {
        return new ChatPrompts(templates, new Given(source, name));
    }

    /** The source of the template, or null where the folder has none. */
    @Nullable
    String source() {
        return templates.sources().get(FolderTemplates.DEFAULT);
    }

    /** The source of the template that a request is rendered with. */
    String source(ChatRequest request) {
        return compiled(request).template().source();
    }

    /**
     * Refuses tools that the model would never see.
     *
     * @param request the conversation
     * @throws InvalidRequestException if it has tools, and the template leaves them out
     */
    void requireTools(ChatRequest request) {
        if (!request.tools().isEmpty() && !compiled(request).capabilities().tools()) {
            throw new InvalidRequestException(
                    "tools", "the chat template of this model does not show tools to it; describe them in a message");
        }
    }

    /**
     * Renders a conversation.
     *
     * @param request the conversation
     * @return the text that the model is given
     * @throws dev.nemotron.TemplateException if the template refuses the conversation, or there is none
     * @throws InvalidRequestException if the template has no way to do what is asked for
     */
    public List<TextSpan> spans(ChatRequest request) {
        return render(request).spans();
    }

    RenderedPrompt render(ChatRequest request) {
        Compiled current = compiled(request);
        Rendering rendering = request.rendering();
        Map<String, @Nullable Object> variables = new HashMap<>(templates.specialTokens());
        variables.put("tools", tools(request));
        variables.put("documents", null);
        variables.put("add_generation_prompt", rendering.generationPrompt());
        variables.putAll(rendering.variables());
        List<Map<String, @Nullable Object>> messages =
                request.messages().stream().map(ChatMessage::fields).toList();
        if (!rendering.rawMessages()) {
            messages = current.form().fit(messages);
        }
        messages = current.reasoning().apply(request.reasoning().mode(), messages, variables);
        String continued = rendering.continued();
        variables.put("messages", continued == null ? messages : Continuation.tag(messages, continued));
        RenderOptions options = new RenderOptions(trusted(variables), rendering.clock());
        List<TextSpan> spans = current.template().renderSpans(variables, options);
        if (rendering.controlTokensInContent()) {
            spans = spans.stream().map(span -> new TextSpan(span.text(), true)).toList();
        }
        if (continued == null) {
            return RenderedPrompt.of(spans);
        }
        ChatMessage last = request.messages().getLast();
        return RenderedPrompt.continuing(Continuation.cut(spans), continued, last.content());
    }

    /** The special tokens are the template's own text, as long as a request does not bring others under their names. */
    private Set<String> trusted(Map<String, @Nullable Object> variables) {
        Set<String> trusted = new HashSet<>();
        templates.specialTokens().forEach((name, token) -> {
            if (token.equals(variables.get(name))) {
                trusted.add(name);
            }
        });
        return trusted;
    }

    private static @Nullable List<Map<String, @Nullable Object>> tools(ChatRequest request) {
        if (request.tools().isEmpty() || request.toolChoice().mode() == ToolChoice.Mode.NONE) {
            return null;
        }
        return request.tools().stream().map(Tool::definition).toList();
    }

    private Compiled compiled(ChatRequest request) {
        String own = request.rendering().template();
        if (own != null) {
            Compiled last = ofRequests;
            if (last == null || !last.template().source().equals(own)) {
                last = compile(ChatTemplate.compile(own, "chat template of the request"));
                ofRequests = last;
            }
            return last;
        }
        boolean tools =
                tools(request) != null || request.rendering().variables().get("tools") != null;
        String name = templates.choose(tools);
        Compiled known = compiled.get(name);
        if (known == null) {
            known = compile(
                    given == null ? templates.compile(name) : ChatTemplate.compile(given.source(), given.name()));
            compiled.put(name, known);
        }
        return known;
    }

    private Compiled compile(ChatTemplate template) {
        TemplateCapabilities capabilities = TemplateCapabilities.probe(template, templates.specialTokens());
        return new Compiled(
                template,
                capabilities,
                new MessageForm(capabilities),
                ReasoningSwitch.of(template.source(), capabilities));
    }
}
