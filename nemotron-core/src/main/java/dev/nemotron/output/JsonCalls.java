package dev.nemotron.output;

import dev.nemotron.output.TextWindow.Match;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Calls in JSON: content up to where calls begin, and the calls up to a mark. */
abstract sealed class JsonCalls implements CallSyntax permits LlamaJsonCalls, TaggedJsonCalls {

    private final String opener;
    private final String end;
    private final String complaint;
    private @Nullable JsonCallList list;

    /**
     * At the beginning of the content.
     *
     * @param opener what calls begin with
     * @param end what ends them
     * @param complaint what to say of something else in their place
     */
    JsonCalls(String opener, String end, String complaint) {
        this.opener = opener;
        this.end = end;
        this.complaint = complaint;
    }

    @Override
    public final List<String> openers() {
        return List.of(opener);
    }

    @Override
    public final void read(TextWindow text) {
        boolean told = true;
        while (told && !text.isEmpty()) {
            told = list == null ? content(text) : body(text, list);
        }
    }

    /** Takes a piece of content, or {@linkplain #begin begins} calls; false if the text does not tell yet. */
    abstract boolean content(TextWindow text);

    final void begin(JsonCallList calls) {
        list = calls;
    }

    private boolean body(TextWindow text, JsonCallList calls) {
        if (calls.between()) {
            Match mark = text.match(0, end);
            if (mark == Match.OPEN) {
                return false;
            }
            if (mark == Match.YES) {
                list = null;
                end(text, calls);
                return true;
            }
        }
        if (!calls.accept(text.next())) {
            list = null;
            calls.giveUp(Diagnostic.Kind.UNPARSABLE_CALL, complaint);
        }
        return true;
    }

    /** The text goes on with the mark that ends the calls. */
    abstract void end(TextWindow text, JsonCallList calls);

    @Override
    public final void finish() {
        if (list != null) {
            list.finish();
            list = null;
        }
    }
}
