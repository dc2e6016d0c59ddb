package dev.nemotron.output;

import dev.nemotron.output.TextWindow.Match;
import dev.nemotron.output.XmlTags.Named;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Calls as Nemotron 3 and Qwen3-Coder write them. A value may itself contain the tags of calls: a tag ends it only where what
 * follows goes on as a call would.
 */
final class XmlFunctionCalls implements CallSyntax {

    private enum Place {
        CONTENT,
        FUNCTION,
        VALUE_START,
        VALUE,
        BEHIND_FUNCTION
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
        return List.of(XmlTags.CALL);
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
                    Diagnostic.Kind.UNFINISHED_CALL,
                    "the answer ended within the call, before " + XmlTags.FUNCTION_END);
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
                wrapped = text.match(0, XmlTags.CALL) == Match.YES;
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
        Match call = text.match(0, XmlTags.CALL);
        if (call == Match.YES) {
            int at = text.behindGap(XmlTags.CALL.length());
            return at < 0 ? Named.NO : XmlTags.named(text, at, XmlTags.FUNCTION);
        }
        Named bare = call == Match.OPEN ? Named.OPEN : XmlTags.named(text, 0, XmlTags.FUNCTION);
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
        Named parameter = XmlTags.named(text, 0, XmlTags.PARAMETER);
        if (parameter.match() == Match.YES) {
            text.skip(parameter.end());
            beginValue(parameter.name());
            return true;
        }
        Match end = text.match(0, XmlTags.FUNCTION_END);
        Match next = text.matchAny(0, List.of(XmlTags.CALL_END, XmlTags.CALL, XmlTags.FUNCTION));
        if (parameter.match().or(end).or(next) == Match.OPEN) {
            return false;
        }
        if (end == Match.YES) {
            text.skip(XmlTags.FUNCTION_END.length());
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
                if (text.match(0, XmlTags.PARAMETER_END) == Match.YES) {
                    text.skip(XmlTags.PARAMETER_END.length());
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
        Match end = XmlTags.endOfFunction(text, at, Match.NO).or(XmlTags.endOfCall(text, at));
        Match parameter = text.match(at, XmlTags.PARAMETER_END);
        if (parameter == Match.YES) {
            return XmlTags.behindParameter(text, text.behindGap(at + XmlTags.PARAMETER_END.length()), wrapped);
        }
        if (at == 1 || lineStart) {
            end = end.or(nextParameter(text, at));
        }
        return end.or(parameter);
    }

    /** Whether another parameter begins at an offset: a declared one, or any where the tool declares none. */
    private Match nextParameter(TextWindow text, int at) {
        Named next = XmlTags.named(text, at, XmlTags.PARAMETER);
        boolean expected = parameters.types().isEmpty() || parameters.types().containsKey(next.name());
        return next.match() == Match.YES && (!expected || given.contains(next.name())) ? Match.NO : next.match();
    }

    private boolean behindFunction(TextWindow text) {
        text.skip(text.blanks());
        if (text.isEmpty()) {
            return true;
        }
        Match end = wrapped ? text.match(0, XmlTags.CALL_END) : Match.NO;
        Named next = wrapped ? XmlTags.named(text, 0, XmlTags.FUNCTION) : Named.NO;
        if (end.or(next.match()) == Match.OPEN) {
            return false;
        }
        if (next.match() == Match.YES) {
            begin(text, next);
            return true;
        }
        if (end == Match.YES) {
            text.skip(XmlTags.CALL_END.length());
        }
        place = Place.CONTENT;
        return true;
    }
}
