package dev.nemotron.output;

/** The body of a message to a function: its arguments. For one thread. */
final class HarmonyCall {

    private final String name;
    private final AnswerRecorder recorder;
    private final JsonArguments arguments = new JsonArguments();

    /** What has come and is not passed on in any form yet. */
    private final StringBuilder raw;

    private boolean broken;

    HarmonyCall(String name, String header, AnswerRecorder recorder) {
        this.name = name;
        this.recorder = recorder;
        this.raw = new StringBuilder(header);
    }

    void add(String piece) {
        for (int i = 0; i < piece.length() && !broken; i++) {
            add(piece.charAt(i));
            if (broken) {
                recorder.content(piece.substring(i + 1));
                return;
            }
        }
        if (broken) {
            recorder.content(piece);
        }
    }

    private void add(char c) {
        boolean begun = arguments.begun();
        raw.append(c);
        if (!arguments.accept(c)) {
            giveUp(Diagnostic.Kind.UNPARSABLE_CALL, "the message to \"" + name + "\" is not a JSON object");
            return;
        }
        if (arguments.begun() && !begun) {
            recorder.startCall(name);
        }
        if (arguments.begun() && arguments.settled()) {
            recorder.arguments(arguments.drain());
            raw.setLength(0);
        }
    }

    private void giveUp(Diagnostic.Kind kind, String message) {
        broken = true;
        if (arguments.begun()) {
            recorder.arguments(arguments.closers());
            recorder.report(kind, message);
            recorder.endCall();
        } else {
            recorder.report(Diagnostic.Kind.UNPARSABLE_CALL, message);
        }
        recorder.content(raw.toString());
    }

    /** Ends the message: with its mark, or where the answer ends. */
    void end(boolean marked) {
        if (broken) {
            return;
        }
        if (arguments.complete()) {
            recorder.endCall();
        } else if (marked && !arguments.begun()) {
            recorder.startCall(name);
            recorder.arguments("{}");
            recorder.endCall();
        } else {
            giveUp(
                    marked ? Diagnostic.Kind.UNPARSABLE_CALL : Diagnostic.Kind.UNFINISHED_CALL,
                    "the message to \"" + name + "\" ended before its JSON object did");
        }
    }
}
