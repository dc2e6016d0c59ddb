package dev.nemotron.template.jinja;

import dev.nemotron.TemplateException;
import java.time.Clock;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** A compiled template. Immutable, for any number of threads. */
public final class JinjaTemplate {

    /** Receives the output piece by piece, neighbouring pieces always differing in trust. */
    @FunctionalInterface
    public interface Output {
        /**
         * Takes the next piece.
         *
         * @param text the piece, never empty
         * @param trusted whether the template wrote it, or a variable that is trusted
         */
        void accept(String text, boolean trusted);
    }

    private final String name;
    private final String source;
    private final Statement.Block body;
    private final TemplateLimits limits;

    private JinjaTemplate(String name, String source, Statement.Block body, TemplateLimits limits) {
        this.name = name;
        this.source = source;
        this.body = body;
        this.limits = limits;
    }

    /**
     * Compiles a template.
     *
     * @param source the template
     * @param name what messages call it, usually its file
     * @param limits what compiling and each rendering may use up
     * @return the compiled template
     * @throws TemplateException if it is not a template, uses a tag, filter or test that there is not, or exceeds a limit;
     *     with name, line and column
     */
    public static JinjaTemplate compile(String source, String name, TemplateLimits limits) {
        if (source.length() > limits.sourceChars()) {
            throw new TemplateException(name + ": " + source.length() + " characters, but a template may have at most "
                    + limits.sourceChars() + " (TemplateLimits.sourceChars)");
        }
        String text = Lexer.normalise(source);
        Statement.Block body = guarded(() -> StatementParser.parse(text), name, text, () -> 0);
        return new JinjaTemplate(name, text, body, limits);
    }

    /**
     * Renders the template.
     *
     * @param variables what it sees: strings, booleans, numbers, lists, maps with string keys, and null
     * @param trusted the variables whose strings count as the template's own, for example {@code bos_token}
     * @param clock the time for {@code strftime_now}
     * @param output receives the text
     * @throws TemplateException if the template refuses the variables, fails, or exceeds a limit; with name, line and
     *     column
     * @throws IllegalArgumentException if a variable holds anything else
     */
    public void render(Map<String, ?> variables, Set<String> trusted, Clock clock, Output output) {
        Scope globals = new Scope(null, Globals.ALL);
        Scope root = new Scope(new Scope(globals, Variables.convert(variables, trusted)));
        Rendering rendering = new Rendering(limits, clock);
        TextBuilder out = new TextBuilder(limits.outputChars());
        Frame frame = new Frame(rendering, root, root, out);
        guarded(() -> body.execute(frame), name, source, rendering::position);
        Text text = out.build();
        for (int from = 0; from < text.chars().length(); ) {
            int to = text.runEnd(from);
            output.accept(text.chars().substring(from, to), text.trustedAt(from));
            from = to;
        }
    }

    private static <T> T guarded(Supplier<T> work, String name, String source, Supplier<Integer> position) {
        try {
            return work.get();
        } catch (TemplateFault fault) {
            int place = fault.position == TemplateFault.HERE ? position.get() : fault.position;
            throw new TemplateException(name + ":" + place(source, place) + ": " + fault.reason(), fault);
        } catch (StackOverflowError overflow) {
            // The limits on depth fit the usual stack; a thread may have been given a smaller one.
            throw new TemplateException(
                    name + ":" + place(source, position.get()) + ": nested too deeply for the stack of this thread",
                    overflow);
        }
    }

    /** Line and column, counted from 1. */
    private static String place(String source, int position) {
        int offset = Math.min(position, source.length());
        int line = 1;
        int start = 0;
        for (int at = source.indexOf('\n'); at >= 0 && at < offset; at = source.indexOf('\n', at + 1)) {
            line++;
            start = at + 1;
        }
        return line + ":" + (offset - start + 1);
    }
}
