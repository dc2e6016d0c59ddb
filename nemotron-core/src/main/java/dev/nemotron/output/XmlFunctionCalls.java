package dev.nemotron.output;

import dev.nemotron.output.TextWindow.Match;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Calls as Nemotron 3 and Qwen3-Coder write them. A value may itself contain the tags of calls: a tag ends it only where what
 * follows goes on as a call would.
 */
final class XmlFunctionCalls implements CallSyntax {

    private static final String CALL = "<tool_call>";
    private static final String CALL_END = "</tool_call>";
    private static final String FUNCTION = "<function=";
    private static final String FUNCTION_END = "</function>";
    private static final String PARAMETER = "<parameter=";
    private static final String PARAMETER_END = "</parameter>";
    private static final int LONGEST_NAME = 256;

    private enum Place {
        CONTENT,
        FUNCTION,
        VALUE_START,
        VALUE,
        BEHIND_FUNCTION
    }

    /** A tag with a name in it, and the offset behind it. */
    private record Named(Match match, String name, int end) {

        private static final Named NO = new Named(Match.NO, "", 0);
        private static final Named OPEN = new Named(Match.OPEN, "", 0);
    }

    private final AnswerRecorder recorder;
    private final Set<String> given = new LinkedHashSet<>();
    private Place place = Place.CONTENT;
    private boolean wrapped;
    private boolean lineStart;
    private boolean strayText;
    private DeclaredTools.Parameters parameters = DeclaredTools.Parameters.NONE;
    private XmlValue value;

    XmlFunctionCalls(AnswerRecorder recorder) {
        this.recorder = recorder;
        this.value = new XmlValue("", ParameterType.TEXT, true, recorder);
    }

    @Override
    public List<String> openers() {
        return List.of(CALL);
    }

    @Override
    public void read(TextWindow text) {
        boolean told = true;
        while (told && !text.isEmpty()) {
            told = switch (place) {
                case CONTENT -> content(text);
                case FUNCTION -> function(text);
                case VALUE_START -> valueStart(text);
                case VALUE -> value(text);
                case BEHIND_FUNCTION -> behindFunction(text);
            };
        }
    }

    @Override
    public void finish() {
        if (place == Place.VALUE || place == Place.VALUE_START) {
            value.end();
        }
        if (place != Place.CONTENT && place != Place.BEHIND_FUNCTION) {
            recorder.report(
                    Diagnostic.Kind.UNFINISHED_CALL, "the answer ended within the call, before " + FUNCTION_END);
            endCall(Place.CONTENT);
        }
    }

    private boolean content(TextWindow text) {
        int run = text.run("<");
        if (run > 0) {
            recorder.content(text.take(run));
            return true;
        }
        Named tag = opening(text);
        switch (tag.match()) {
            case YES -> {
                wrapped = text.match(0, CALL) == Match.YES;
                begin(text, tag);
            }
            case NO -> recorder.content(text.take(1));
            case OPEN -> {
                return false;
            }
        }
        return true;
    }

    private Named opening(TextWindow text) {
        Match call = text.match(0, CALL);
        if (call == Match.YES) {
            int at = text.behindGap(CALL.length());
            return at < 0 ? Named.NO : named(text, at, FUNCTION);
        }
        Named bare = call == Match.OPEN ? Named.OPEN : named(text, 0, FUNCTION);
        return bare.match() == Match.YES && !recorder.tools().knows(bare.name()) ? Named.NO : bare;
    }

    private void begin(TextWindow text, Named tag) {
        text.skip(tag.end());
        parameters = recorder.tools().parameters(tag.name());
        given.clear();
        strayText = false;
        recorder.startCall(tag.name());
        place = Place.FUNCTION;
    }

    /** Between the parameters of a call. */
    private boolean function(TextWindow text) {
        String blanks = text.take(text.blanks());
        if (strayText) {
            recorder.content(blanks);
        }
        if (text.isEmpty()) {
            return true;
        }
        int run = text.run("<");
        if (run > 0) {
            return stray(text, run);
        }
        Named parameter = named(text, 0, PARAMETER);
        if (parameter.match() == Match.YES) {
            text.skip(parameter.end());
            beginValue(parameter.name());
            return true;
        }
        Match end = text.match(0, FUNCTION_END);
        Match next = text.matchAny(0, List.of(CALL_END, CALL, FUNCTION));
        if (parameter.match().or(end).or(next) == Match.OPEN) {
            return false;
        }
        if (end == Match.YES) {
            text.skip(FUNCTION_END.length());
        }
        if (end.or(next) == Match.YES) {
            endCall(Place.BEHIND_FUNCTION);
            return true;
        }
        return stray(text, 1);
    }

    private boolean stray(TextWindow text, int length) {
        if (!strayText) {
            strayText = true;
            recorder.report(Diagnostic.Kind.IGNORED_TEXT, "text between the parameters of a call became content");
        }
        recorder.content(text.take(length));
        return true;
    }

    private void beginValue(String name) {
        boolean first = given.isEmpty();
        ParameterType type = parameters.types().getOrDefault(name, ParameterType.TEXT);
        value = given.add(name) ? new XmlValue(name, type, first, recorder) : XmlValue.repeated(name, recorder);
        place = Place.VALUE_START;
    }

    private void endCall(Place next) {
        recorder.arguments(given.isEmpty() ? "{}" : "}");
        recorder.endCall();
        place = next;
    }

    private boolean valueStart(TextWindow text) {
        if (text.charAt(0) == '\n') {
            text.skip(1);
        }
        lineStart = true;
        place = Place.VALUE;
        return true;
    }

    private boolean value(TextWindow text) {
        int run = text.run("<\n");
        if (run > 0) {
            value.add(text.take(run));
            lineStart = false;
            return true;
        }
        int tag = text.charAt(0) == '\n' ? 1 : 0;
        switch (tag == 1 && text.length() == 1 ? text.end(Match.YES) : endOfValue(text, tag)) {
            case OPEN -> {
                return false;
            }
            case NO -> {
                lineStart = tag == 1;
                value.add(text.take(1));
            }
            case YES -> {
                text.skip(tag);
                value.end();
                place = Place.FUNCTION;
                if (text.match(0, PARAMETER_END) == Match.YES) {
                    text.skip(PARAMETER_END.length());
                }
            }
        }
        return true;
    }

    /** Whether the value ends with the tag at an offset. */
    private Match endOfValue(TextWindow text, int at) {
        if (text.charAt(at) != '<') {
            return Match.NO;
        }
        Match end = endOfFunction(text, at, Match.NO).or(endOfCall(text, at));
        Match parameter = text.match(at, PARAMETER_END);
        if (parameter == Match.YES) {
            return behindParameter(text, text.behindGap(at + PARAMETER_END.length()));
        }
        if (at == 1 || lineStart) {
            end = end.or(nextParameter(text, at));
        }
        return end.or(parameter);
    }

    private Match behindParameter(TextWindow text, int at) {
        if (at < 0) {
            return Match.NO;
        }
        if (at == text.length()) {
            return text.end(Match.YES);
        }
        Match next = text.matchAny(at, List.of(PARAMETER, CALL, CALL_END));
        return next.or(endOfFunction(text, at, wrapped ? Match.NO : Match.YES));
    }

    /** Whether a function ends at an offset, and what to say where some other text follows. */
    private Match endOfFunction(TextWindow text, int at, Match beforeText) {
        Match tag = text.match(at, FUNCTION_END);
        if (tag != Match.YES) {
            return tag;
        }
        int next = text.behindGap(at + FUNCTION_END.length());
        if (next < 0 || beforeText == Match.YES) {
            return beforeText;
        }
        return next == text.length() ? text.end(Match.YES) : text.matchAny(next, List.of(CALL_END, CALL, FUNCTION));
    }

    /** Whether a call ends at an offset without the tags that should come first. */
    private static Match endOfCall(TextWindow text, int at) {
        Match tag = text.match(at, CALL_END);
        if (tag != Match.YES) {
            return tag;
        }
        int next = text.behindGap(at + CALL_END.length());
        if (next < 0) {
            return Match.NO;
        }
        return next == text.length() ? text.end(Match.YES) : text.match(next, CALL);
    }

    /** Whether another parameter begins at an offset: a declared one, or any where the tool declares none. */
    private Match nextParameter(TextWindow text, int at) {
        Named next = named(text, at, PARAMETER);
        boolean expected = parameters.types().isEmpty() || parameters.types().containsKey(next.name());
        return next.match() == Match.YES && (!expected || given.contains(next.name())) ? Match.NO : next.match();
    }

    private boolean behindFunction(TextWindow text) {
        text.skip(text.blanks());
        if (text.isEmpty()) {
            return true;
        }
        Match end = wrapped ? text.match(0, CALL_END) : Match.NO;
        Named next = wrapped ? named(text, 0, FUNCTION) : Named.NO;
        if (end.or(next.match()) == Match.OPEN) {
            return false;
        }
        if (next.match() == Match.YES) {
            begin(text, next);
            return true;
        }
        if (end == Match.YES) {
            text.skip(CALL_END.length());
        }
        place = Place.CONTENT;
        return true;
    }

    private static Named named(TextWindow text, int at, String tag) {
        Match match = text.match(at, tag);
        if (match != Match.YES) {
            return match == Match.OPEN ? Named.OPEN : Named.NO;
        }
        int start = at + tag.length();
        for (int i = start; i < start + LONGEST_NAME; i++) {
            if (i == text.length()) {
                return text.end(Match.NO) == Match.OPEN ? Named.OPEN : Named.NO;
            }
            char c = text.charAt(i);
            if (c == '>') {
                String name = text.peek(start, i).strip();
                return name.isEmpty() ? Named.NO : new Named(Match.YES, name, i + 1);
            }
            if (c == '<' || c == '\n') {
                return Named.NO;
            }
        }
        return Named.NO;
    }
}
