package dev.nemotron.output;

import dev.nemotron.output.TextWindow.Match;

/**
 * Calls as Llama 3.1 writes them: an answer that is a call from its first character on, or from a tag on. A JSON object that
 * has other keys than a call is content, and so is one without arguments unless it names a tool.
 */
final class LlamaJsonCalls extends JsonCalls {

    private final String tag;
    private final AnswerRecorder recorder;
    private boolean begun;

    LlamaJsonCalls(String tag, AnswerRecorder recorder) {
        super(tag, tag, "the JSON is not a call");
        this.tag = tag;
        this.recorder = recorder;
    }

    @Override
    boolean content(TextWindow text) {
        int run = begun ? text.run("<") : text.blanks();
        if (run > 0) {
            recorder.content(text.take(run));
            return true;
        }
        Match match = text.match(0, tag);
        if (match == Match.OPEN) {
            return false;
        }
        if (match == Match.YES) {
            begin(new JsonCallList(true, text.take(tag.length()), recorder));
        } else if (!begun && text.charAt(0) == '{') {
            begin(new JsonCallList(true, "", recorder));
        } else {
            recorder.content(text.take(1));
        }
        begun = true;
        return true;
    }

    @Override
    void end(TextWindow text, JsonCallList calls) {
        calls.finish();
    }
}
