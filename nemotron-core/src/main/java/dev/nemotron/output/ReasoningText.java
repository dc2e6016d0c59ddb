package dev.nemotron.output;

import java.util.ArrayList;
import java.util.List;

/** Reads the reasoning that an answer begins with. For one thread. */
final class ReasoningText {

    private final ReasoningTags tags;
    private final boolean inside;
    private final List<String> openers;
    private final List<String> ends;
    private final String stops;
    private final AnswerRecorder recorder;
    private final StringBuilder blanks = new StringBuilder();
    private boolean begun;

    /**
     * Reasoning at the beginning of an answer.
     *
     * @param tags the marks around it
     * @param inside whether the answer begins inside it, else only an opening mark begins it
     * @param openers the tags of calls, which end it and are left in the text
     * @param recorder takes it
     */
    ReasoningText(ReasoningTags tags, boolean inside, List<String> openers, AnswerRecorder recorder) {
        this.tags = tags;
        this.inside = inside;
        this.openers = openers;
        this.recorder = recorder;
        this.ends = new ArrayList<>(openers);
        this.ends.add(tags.close());
        StringBuilder firsts = new StringBuilder();
        ends.forEach(tag -> firsts.append(tag.charAt(0)));
        this.stops = firsts.toString();
    }

    /** Takes all that can be told for sure and returns whether the reasoning has ended. */
    boolean read(TextWindow text) {
        if (!begun) {
            blanks.append(text.take(text.blanks()));
            TextWindow.Match opened = text.isEmpty() ? text.end(TextWindow.Match.NO) : text.match(0, tags.open());
            if (opened == TextWindow.Match.OPEN) {
                return false;
            }
            begun = true;
            if (opened == TextWindow.Match.YES) {
                text.skip(tags.open().length());
            } else if (!inside) {
                recorder.content(blanks.toString());
                return true;
            }
        }
        return rest(text);
    }

    private boolean rest(TextWindow text) {
        while (!text.isEmpty()) {
            int run = text.run(stops);
            if (run > 0) {
                recorder.reasoning(text.take(run));
                continue;
            }
            switch (text.matchAny(0, ends)) {
                case OPEN -> {
                    return false;
                }
                case YES -> {
                    if (text.matchAny(0, openers) == TextWindow.Match.NO) {
                        text.skip(tags.close().length());
                    }
                    recorder.stripContent();
                    return true;
                }
                case NO -> recorder.reasoning(text.take(1));
            }
        }
        return false;
    }
}
