package dev.nemotron.output;

import dev.nemotron.output.JsonCall.Progress;
import org.jspecify.annotations.Nullable;

/**
 * Calls in JSON, character by character: one object, or several with commas, semicolons or brackets around them, or all that
 * once more in a JSON string. For one thread.
 */
final class JsonCallList {

    private final AnswerRecorder recorder;
    private final boolean bare;
    private final StringBuilder raw;
    private @Nullable JsonCall call;
    private @Nullable JsonAutomaton quotes;
    private @Nullable JsonCallList quoted;
    private boolean found;

    /**
     * Before the first call.
     *
     * @param bare whether no tag says that this is a call
     * @param opener the text that leads here, which becomes content if no call follows
     * @param recorder takes the calls
     */
    JsonCallList(boolean bare, String opener, AnswerRecorder recorder) {
        this(bare, new StringBuilder(opener), recorder);
    }

    private JsonCallList(boolean bare, StringBuilder raw, AnswerRecorder recorder) {
        this.bare = bare;
        this.raw = raw;
        this.recorder = recorder;
    }

    /** Whether the list may end here: no call and no string is open. */
    boolean between() {
        return call == null && quotes == null;
    }

    /** Takes a character; false if it cannot be a part of the list. */
    boolean accept(char c) {
        raw.append(c);
        return read(c);
    }

    private boolean read(char c) {
        if (quotes != null && quoted != null) {
            return quoted(c, quotes, quoted);
        }
        if (call == null) {
            return outside(c);
        }
        Progress progress = call.accept(c);
        if (progress == Progress.DONE) {
            call = null;
            found = true;
            raw.setLength(0);
        }
        return progress != Progress.BROKEN;
    }

    private boolean outside(char c) {
        if (c == '{') {
            call = new JsonCall(bare, raw, recorder);
            return read(c);
        }
        if (c == '"' && !found && !bare) {
            quotes = new JsonAutomaton();
            quoted = new JsonCallList(true, raw, recorder);
            return quotes.accept(c);
        }
        boolean between = Character.isWhitespace(c) || "[],;".indexOf(c) >= 0 || (found && c == '}');
        if (between && found) {
            raw.setLength(0);
        }
        return between;
    }

    private boolean quoted(char c, JsonAutomaton string, JsonCallList inner) {
        if (!string.accept(c) || (string.decoded() >= 0 && !inner.read((char) string.decoded()))) {
            return false;
        }
        if (string.complete()) {
            found = inner.found && inner.call == null;
            quotes = null;
            if (found) {
                raw.setLength(0);
            }
            return found;
        }
        return true;
    }

    /** The list ends as it should, with this text; without a call in it, all of it becomes content. */
    void close(String closer) {
        if (!found) {
            raw.append(closer);
            giveUp(Diagnostic.Kind.UNPARSABLE_CALL, "there is no call in it");
        }
    }

    /** What is not a part of a call becomes content, the last character that came included. */
    void giveUp(Diagnostic.Kind kind, String message) {
        JsonCall open = call != null ? call : quoted != null ? quoted.call : null;
        if (open != null && open.started()) {
            open.abandon(kind, message);
        } else if (!raw.toString().isBlank()) {
            recorder.report(kind == Diagnostic.Kind.UNFINISHED_CALL ? Diagnostic.Kind.UNPARSABLE_CALL : kind, message);
        }
        recorder.content(raw.toString());
        raw.setLength(0);
    }

    /** The answer has ended. */
    void finish() {
        if (!raw.isEmpty() || !between()) {
            giveUp(Diagnostic.Kind.UNFINISHED_CALL, "the answer ended within the call");
        }
    }
}
