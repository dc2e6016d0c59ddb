package dev.nemotron.template;

import dev.nemotron.TemplateException;
import dev.nemotron.template.jinja.JinjaTemplate;
import dev.nemotron.template.jinja.TemplateLimits;
import dev.nemotron.tokenizer.TextSpan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A compiled chat template: Jinja2 as transformers configures it. Immutable, for any number of threads; compile once,
 * render often.
 *
 * <p>Templates are foreign code. They see the variables and nothing else, and what they may use up is limited.
 */
public final class ChatTemplate {

    private final JinjaTemplate template;
    private final String name;
    private final String source;

    private ChatTemplate(JinjaTemplate template, String name, String source) {
        this.template = template;
        this.name = name;
        this.source = source;
    }

    /**
     * Compiles a template with the usual limits.
     *
     * @param source the template
     * @param name what messages call it, usually its file
     * @return the compiled template
     * @throws TemplateException if it cannot be compiled; with name, line and column
     */
    public static ChatTemplate compile(String source, String name) {
        return compile(source, name, TemplateLimits.DEFAULT);
    }

    /**
     * Compiles a template.
     *
     * @param source the template
     * @param name what messages call it, usually its file
     * @param limits what compiling and each rendering may use up
     * @return the compiled template
     * @throws TemplateException if it cannot be compiled; with name, line and column
     */
    public static ChatTemplate compile(String source, String name, TemplateLimits limits) {
        return new ChatTemplate(JinjaTemplate.compile(source, name, limits), name, source);
    }

    /**
     * The name.
     *
     * @return what messages call the template
     */
    public String name() {
        return name;
    }

    /**
     * The source.
     *
     * @return the template as it was given
     */
    public String source() {
        return source;
    }

    /**
     * Renders with {@link RenderOptions#DEFAULT}.
     *
     * @param variables what the template sees: strings, booleans, integers, doubles, lists, maps with string keys, null
     * @return the text
     * @throws TemplateException if the template refuses the variables, fails, or exceeds a limit; with name, line and
     *     column
     * @throws IllegalArgumentException if a variable holds anything else
     */
    public String render(Map<String, ?> variables) {
        return render(variables, RenderOptions.DEFAULT);
    }

    /**
     * Renders.
     *
     * @param variables as for {@link #render(Map)}
     * @param options how
     * @return the text
     * @throws TemplateException as for {@link #render(Map)}
     */
    public String render(Map<String, ?> variables, RenderOptions options) {
        StringBuilder text = new StringBuilder();
        template.render(variables, options.trustedVariables(), options.clock(), (piece, trusted) -> text.append(piece));
        return text.toString();
    }

    /**
     * Renders and tells the template's own text from what came through the variables. The marks survive joining,
     * slicing, filters and methods. What joins the two, such as the case mapping of a mixed text that changes its length,
     * is untrusted as a whole. The names of roles are trusted, since some templates make control tokens from them.
     *
     * @param variables as for {@link #render(Map)}
     * @param options how
     * @return the text in spans, none empty, neighbours always differing in trust
     * @throws TemplateException as for {@link #render(Map)}
     */
    public List<TextSpan> renderSpans(Map<String, ?> variables, RenderOptions options) {
        List<TextSpan> spans = new ArrayList<>();
        template.render(
                variables,
                options.trustedVariables(),
                options.clock(),
                (piece, trusted) -> spans.add(new TextSpan(piece, trusted)));
        return List.copyOf(spans);
    }
}
