package dev.nemotron.output;

import dev.nemotron.output.TextWindow.Match;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Calls as Llama 3.1 writes them: an answer that is a call from its first character on, or from a tag on. A JSON object that
 * has other keys than a call is content, and so is one without arguments unless it names a tool.
 */
final class LlamaJsonCalls implements CallSyntax {

    private static final String TAG = "<|python_tag|>";

    private final AnswerRecorder recorder;
    private @Nullable JsonCallList list;
    private boolean begun;

    LlamaJsonCalls(AnswerRecorder recorder) {
        this.recorder = recorder;
    }

    @Override
    public List<String> openers() {
        return List.of(TAG);
    }

    @Override
    public void read(TextWindow text) {
        boolean told = true;
        while (told && !text.isEmpty()) {
            told = list == null ? content(text) : body(text, list);
        }
    }

    private boolean content(TextWindow text) {
        int run = begun ? text.run("<") : text.blanks();
        if (run > 0) {
            recorder.content(text.take(run));
            return true;
        }
        Match tag = text.match(0, TAG);
        if (tag == Match.OPEN) {
            return false;
        }
        if (tag == Match.YES) {
            list = new JsonCallList(true, text.take(TAG.length()), recorder);
        } else if (!begun && text.charAt(0) == '{') {
            list = new JsonCallList(true, "", recorder);
        } else {
            recorder.content(text.take(1));
        }
        begun = true;
        return true;
    }

    private boolean body(TextWindow text, JsonCallList calls) {
        if (calls.between()) {
            Match tag = text.match(0, TAG);
            if (tag == Match.OPEN) {
                return false;
            }
            if (tag == Match.YES) {
                calls.finish();
                list = null;
                return true;
            }
        }
        if (!calls.accept(text.next())) {
            calls.giveUp(Diagnostic.Kind.UNPARSABLE_CALL, "the JSON is not a call");
            list = null;
        }
        return true;
    }

    @Override
    public void finish() {
        if (list != null) {
            list.finish();
            list = null;
        }
    }
}
