package dev.nemotron.output;

import dev.nemotron.output.TextWindow.Match;
import java.util.List;

/** The tags of calls in XML, and what may follow them. */
final class XmlTags {

    static final String CALL = "<tool_call>";
    static final String CALL_END = "</tool_call>";
    static final String FUNCTION = "<function=";
    static final String FUNCTION_END = "</function>";
    static final String PARAMETER = "<parameter=";
    static final String PARAMETER_END = "</parameter>";
    private static final int LONGEST_NAME = 256;

    private XmlTags() {}

    /** A tag with a name in it, and the offset behind it. */
    record Named(Match match, String name, int end) {

        static final Named NO = new Named(Match.NO, "", 0);
        static final Named OPEN = new Named(Match.OPEN, "", 0);
    }

    /** Whether a call goes on, behind the end of a parameter, as a call would. */
    static Match behindParameter(TextWindow text, int at, boolean wrapped) {
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
    static Match endOfFunction(TextWindow text, int at, Match beforeText) {
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
    static Match endOfCall(TextWindow text, int at) {
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

    /** The tag with a name at an offset, if it is there. */
    static Named named(TextWindow text, int at, String tag) {
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
