package dev.nemotron.output;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One call in JSON, an object with a name and arguments in any order, character by character. It is passed on from where its
 * name and the beginning of its arguments are known. For one thread.
 */
final class JsonCall {

    private static final Set<String> KNOWN = Set.of("name", "arguments", "parameters", "id", "type");
    private static final int LONGEST_NAME = 256;

    /** What has come of a call. */
    enum Progress {
        MORE,
        DONE,
        BROKEN
    }

    private enum Member {
        NONE,
        NAME,
        ARGUMENTS,
        ARGUMENTS_TEXT,
        OTHER
    }

    private final JsonAutomaton json = new JsonAutomaton();
    private final AnswerRecorder recorder;
    private final boolean bare;

    /** What has come and is not passed on in any form yet. */
    private final StringBuilder raw;

    private final StringBuilder key = new StringBuilder();
    private final StringBuilder name = new StringBuilder();
    private final StringBuilder ready = new StringBuilder();
    private Member member = Member.NONE;
    private @Nullable JsonArguments arguments;
    private boolean named;
    private boolean started;

    /**
     * Before the opening brace.
     *
     * @param bare whether no tag says that this is a call, so that any unknown key says that it is none
     * @param raw takes note of what is passed on by being emptied
     * @param recorder takes the call
     */
    JsonCall(boolean bare, StringBuilder raw, AnswerRecorder recorder) {
        this.bare = bare;
        this.raw = raw;
        this.recorder = recorder;
    }

    Progress accept(char c) {
        int depth = json.depth();
        boolean inKey = json.inKey();
        boolean awaitsValue = json.awaitsValue();
        if (!json.accept(c) || (depth == 1 && !direct(c, inKey, awaitsValue)) || !content(c, awaitsValue)) {
            return Progress.BROKEN;
        }
        if (json.depth() <= 1 && (json.betweenMembers() || json.complete()) && !endMember()) {
            return Progress.BROKEN;
        }
        if (json.complete()) {
            return end() ? Progress.DONE : Progress.BROKEN;
        }
        return Progress.MORE;
    }

    /** Takes a character of the call object itself. */
    private boolean direct(char c, boolean inKey, boolean awaitsValue) {
        if (json.inKey()) {
            if (!inKey) {
                key.setLength(0);
            } else if (json.decoded() >= 0) {
                key.append((char) json.decoded());
            }
            return true;
        }
        if (inKey) {
            return !bare || KNOWN.contains(key.toString());
        }
        return !awaitsValue || JsonAutomaton.isBlank(c) || beginMember(c);
    }

    private boolean beginMember(char c) {
        member = switch (key.toString()) {
            case "name" -> Member.NAME;
            case "arguments", "parameters" -> argumentsMember(c);
            default -> Member.OTHER;
        };
        return switch (member) {
            case NAME -> c == '"' && !named;
            case ARGUMENTS, ARGUMENTS_TEXT -> {
                boolean first = arguments == null;
                arguments = new JsonArguments();
                yield first;
            }
            default -> true;
        };
    }

    private static Member argumentsMember(char c) {
        return c == '{' ? Member.ARGUMENTS : c == '"' ? Member.ARGUMENTS_TEXT : Member.OTHER;
    }

    private boolean content(char c, boolean first) {
        return switch (member) {
            case NAME ->
                json.decoded() < 0 || name.append((char) json.decoded()).length() <= LONGEST_NAME;
            case ARGUMENTS -> argument(c);
            case ARGUMENTS_TEXT -> json.decoded() < 0 || argument((char) json.decoded());
            case OTHER -> !(first && isArguments()) || c == 'n';
            case NONE -> true;
        };
    }

    private boolean isArguments() {
        return key.toString().equals("arguments") || key.toString().equals("parameters");
    }

    private boolean argument(char c) {
        if (arguments == null || !arguments.accept(c)) {
            return false;
        }
        ready.append(arguments.drain());
        passOn();
        return true;
    }

    private boolean endMember() {
        boolean whole = true;
        if (member == Member.ARGUMENTS_TEXT && arguments != null) {
            whole = !arguments.begun() || arguments.complete();
        } else if (member == Member.NAME) {
            named = true;
            whole = !name.toString().isBlank();
            passOn();
        }
        member = Member.NONE;
        return whole;
    }

    /** Passes on what can be; everything before it has its place from then on. */
    private void passOn() {
        if (!named || arguments == null || !arguments.begun()) {
            return;
        }
        start();
        if (!ready.isEmpty()) {
            recorder.arguments(ready.toString());
            ready.setLength(0);
        }
        if (arguments.settled()) {
            raw.setLength(0);
        }
    }

    private void start() {
        if (!started) {
            started = true;
            recorder.startCall(name.toString());
        }
    }

    private boolean end() {
        boolean argumentless = arguments == null || !arguments.begun();
        if (!named || (bare && argumentless && !recorder.tools().knows(name.toString()))) {
            return false;
        }
        start();
        if (argumentless) {
            recorder.arguments("{}");
        }
        recorder.endCall();
        return true;
    }

    /**
     * Gives the call up. If it was passed on already, its arguments are closed where they stand.
     *
     * @param kind why
     * @param message why, in words
     */
    void abandon(Diagnostic.Kind kind, String message) {
        if (started && arguments != null) {
            recorder.arguments(arguments.closers());
            recorder.report(kind, message);
            recorder.endCall();
        }
    }

    boolean started() {
        return started;
    }
}
