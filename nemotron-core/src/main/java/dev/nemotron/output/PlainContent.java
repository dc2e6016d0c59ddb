package dev.nemotron.output;

import java.util.List;

/** Content without calls. */
final class PlainContent implements CallSyntax {

    private final AnswerRecorder recorder;

    PlainContent(AnswerRecorder recorder) {
        this.recorder = recorder;
    }

    @Override
    public List<String> openers() {
        return List.of();
    }

    @Override
    public void read(TextWindow text) {
        if (!text.isEmpty()) {
            recorder.content(text.take(text.length()));
        }
    }

    @Override
    public void finish() {}
}
