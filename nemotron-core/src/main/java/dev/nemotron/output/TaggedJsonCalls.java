package dev.nemotron.output;

import dev.nemotron.output.TextWindow.Match;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Calls in JSON between tags, as Nano v2 and models of the hermes kind write them. */
final class TaggedJsonCalls implements CallSyntax {

    private final String open;
    private final String close;
    private final AnswerRecorder recorder;
    private @Nullable JsonCallList list;

    TaggedJsonCalls(String open, String close, AnswerRecorder recorder) {
        this.open = open;
        this.close = close;
        this.recorder = recorder;
    }

    @Override
    public List<String> openers() {
        return List.of(open);
    }

    @Override
    public void read(TextWindow text) {
        boolean told = true;
        while (told && !text.isEmpty()) {
            told = list == null ? content(text) : body(text, list);
        }
    }

    private boolean content(TextWindow text) {
        int run = text.run("<");
        if (run > 0) {
            recorder.content(text.take(run));
            return true;
        }
        Match match = text.match(0, open);
        if (match == Match.YES) {
            list = new JsonCallList(false, text.take(open.length()), recorder);
        } else if (match == Match.NO) {
            recorder.content(text.take(1));
        }
        return match != Match.OPEN;
    }

    private boolean body(TextWindow text, JsonCallList calls) {
        if (calls.between()) {
            Match end = text.match(0, close);
            if (end == Match.OPEN) {
                return false;
            }
            if (end == Match.YES) {
                calls.close(text.take(close.length()));
                list = null;
                return true;
            }
        }
        if (!calls.accept(text.next())) {
            calls.giveUp(Diagnostic.Kind.UNPARSABLE_CALL, "what follows " + open + " is not a call in JSON");
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
