package dev.nemotron.output;

import dev.nemotron.output.TextWindow.Match;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Answers as GPT-OSS writes them: messages with a header and a body each. The channel {@code analysis} is reasoning, a message
 * to a function is a call, and the others are content.
 */
final class HarmonyMessages implements CallSyntax {

    private static final String START = "<|start|>";
    private static final String CHANNEL = "<|channel|>";
    private static final String MESSAGE = "<|message|>";
    private static final List<String> ENDS = List.of("<|end|>", "<|return|>", "<|call|>");
    private static final List<String> HEADERS = List.of(START, CHANNEL);

    /** The prompt may end with the beginning of the first header. */
    private static final List<String> FIRST_HEADERS = List.of(START, CHANNEL, "to=", " to=");

    private static final int LONGEST_HEADER = 256;
    private static final Pattern HEADER = Pattern.compile(
            "(<\\|start\\|>assistant)?\\s*+(to=(?<to>[^\\s<]+))?\\s*+"
                    + "(<\\|channel\\|>(?<channel>analysis|commentary|final))?\\s*+(to=(?<then>[^\\s<]+))?\\s*+(<\\|constrain\\|>\\s*+\\w+|json|code)?\\s*+");

    private final AnswerRecorder recorder;
    private boolean begun;
    private boolean inBody;
    private boolean reasons;
    private @Nullable HarmonyCall call;

    HarmonyMessages(AnswerRecorder recorder) {
        this.recorder = recorder;
    }

    @Override
    public List<String> openers() {
        return List.of();
    }

    @Override
    public void read(TextWindow text) {
        boolean told = true;
        while (told && !text.isEmpty()) {
            told = inBody ? body(text) : outside(text);
        }
    }

    private boolean outside(TextWindow text) {
        Match end = text.matchAny(0, ENDS);
        Match header = text.matchAny(0, begun ? HEADERS : FIRST_HEADERS);
        if (header == Match.YES) {
            header = header(text);
        }
        if (header.or(end) == Match.OPEN) {
            return false;
        }
        if (header == Match.NO && !skipEnd(text)) {
            recorder.content(text.take(Math.max(1, text.run("<"))));
        }
        begun = true;
        return true;
    }

    /** Skips the mark of an end; where no message is open, it ends nothing. */
    private static boolean skipEnd(TextWindow text) {
        for (String end : ENDS) {
            if (text.match(0, end) == Match.YES) {
                text.skip(end.length());
                return true;
            }
        }
        return false;
    }

    private Match header(TextWindow text) {
        int end = 0;
        while (text.match(end, MESSAGE) != Match.YES) {
            if (end == text.length()) {
                return text.end(Match.NO);
            }
            if (++end > LONGEST_HEADER) {
                return Match.NO;
            }
        }
        Matcher header = HEADER.matcher(text.peek(0, end));
        if (!header.matches()) {
            return Match.NO;
        }
        begin(text.take(end + MESSAGE.length()), header);
        return Match.YES;
    }

    private void begin(String header, Matcher parts) {
        String to = parts.group("to") != null ? parts.group("to") : parts.group("then");
        inBody = true;
        reasons = "analysis".equals(parts.group("channel"));
        call = null;
        if (to != null && !to.equals("user") && !to.equals("assistant")) {
            call = new HarmonyCall(
                    to.startsWith("functions.") ? to.substring("functions.".length()) : to, header, recorder);
        } else if (reasons && recorder.hasReasoning()) {
            recorder.reasoning("\n");
        } else if (!reasons && recorder.hasContent()) {
            recorder.content("\n");
        }
    }

    private boolean body(TextWindow text) {
        int run = text.run("<");
        if (run > 0) {
            add(text.take(run));
            return true;
        }
        Match end = text.matchAny(0, ENDS).or(text.matchAny(0, HEADERS));
        switch (end) {
            case OPEN -> {
                return false;
            }
            case NO -> add(text.take(1));
            case YES -> {
                endBody(true);
                skipEnd(text);
            }
        }
        return true;
    }

    private void add(String piece) {
        if (call != null) {
            call.add(piece);
        } else if (reasons) {
            recorder.reasoning(piece);
        } else {
            recorder.content(piece);
        }
    }

    private void endBody(boolean ended) {
        if (call != null) {
            call.end(ended);
            call = null;
        }
        inBody = false;
    }

    @Override
    public void finish() {
        endBody(false);
    }
}
