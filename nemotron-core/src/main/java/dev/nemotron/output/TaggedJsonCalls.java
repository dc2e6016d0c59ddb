package dev.nemotron.output;

import dev.nemotron.output.TextWindow.Match;

/** Calls in JSON between tags, as Nano v2 and models of the hermes kind write them. */
final class TaggedJsonCalls extends JsonCalls {

    private final String open;
    private final String close;
    private final AnswerRecorder recorder;

    TaggedJsonCalls(String open, String close, AnswerRecorder recorder) {
        super(open, close, "what follows " + open + " is not a call in JSON");
        this.open = open;
        this.close = close;
        this.recorder = recorder;
    }

    @Override
    boolean content(TextWindow text) {
        int run = text.run("<");
        if (run > 0) {
            recorder.content(text.take(run));
            return true;
        }
        Match match = text.match(0, open);
        if (match == Match.YES) {
            begin(new JsonCallList(false, text.take(open.length()), recorder));
        } else if (match == Match.NO) {
            recorder.content(text.take(1));
        }
        return match != Match.OPEN;
    }

    @Override
    void end(TextWindow text, JsonCallList calls) {
        calls.close(text.take(close.length()));
    }
}
