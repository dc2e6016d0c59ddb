package dev.nemotron.output;

import dev.nemotron.ToolCall;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Passes an answer on to its sink, in pieces as large as possible, and keeps it for the summary. For one thread. */
final class AnswerRecorder {

    private static final int MOST_DIAGNOSTICS = 100;

    private enum Kind {
        REASONING,
        CONTENT,
        ARGUMENTS
    }

    private final AnswerSink sink;
    private final DeclaredTools tools;
    private final Supplier<String> ids;
    private final StrippedText reasoning = new StrippedText(true);
    private final StrippedText content = new StrippedText(false);
    private final List<ToolCall> calls = new ArrayList<>();
    private final List<Diagnostic> diagnostics = new ArrayList<>();
    private final StringBuilder arguments = new StringBuilder();
    private final StringBuilder pending = new StringBuilder();
    private Kind pendingKind = Kind.CONTENT;
    private String callId = "";
    private String callName = "";
    private boolean called;
    private boolean inCall;

    AnswerRecorder(AnswerSink sink, DeclaredTools tools, Supplier<String> ids) {
        this.sink = sink;
        this.tools = tools;
        this.ids = ids;
    }

    DeclaredTools tools() {
        return tools;
    }

    boolean hasReasoning() {
        return !reasoning.isEmpty();
    }

    boolean hasContent() {
        return !content.isEmpty();
    }

    void reasoning(String text) {
        pass(Kind.REASONING, reasoning.add(text));
    }

    void content(String text) {
        String passed = content.add(text);
        if (!passed.isEmpty()) {
            called = inCall;
        }
        pass(Kind.CONTENT, passed);
    }

    /** White space that the content would begin with from here on is none of it. */
    void stripContent() {
        content.stripLeading();
    }

    void startCall(String name) {
        flush();
        callId = ids.get();
        callName = name;
        called = true;
        inCall = true;
        content.stripLeading();
        arguments.setLength(0);
        sink.callStarted(calls.size(), callId, name);
        if (!tools.knows(name)) {
            report(Diagnostic.Kind.UNKNOWN_TOOL, "there is no tool \"" + name + "\", only " + tools.names());
        }
    }

    void arguments(String json) {
        arguments.append(json);
        pass(Kind.ARGUMENTS, json);
    }

    void endCall() {
        ArgumentsCheck.check(arguments.toString(), tools.parameters(callName), this::report);
        flush();
        int index = calls.size();
        calls.add(new ToolCall(callId, callName, arguments.toString()));
        inCall = false;
        sink.callEnded(index);
    }

    /** Notes something, about the call that is open if one is. That a call is not whole is noted beyond all limits. */
    void report(Diagnostic.Kind kind, String message) {
        boolean broken = kind == Diagnostic.Kind.UNFINISHED_CALL || kind == Diagnostic.Kind.UNPARSABLE_CALL;
        if (diagnostics.size() < MOST_DIAGNOSTICS || (inCall && broken)) {
            flush();
            Diagnostic diagnostic = new Diagnostic(kind, inCall ? calls.size() : -1, message);
            diagnostics.add(diagnostic);
            sink.diagnostic(diagnostic);
        }
    }

    private void pass(Kind kind, String text) {
        if (text.isEmpty()) {
            return;
        }
        if (kind != pendingKind) {
            flush();
            pendingKind = kind;
        }
        pending.append(text);
    }

    /** Hands over what has gathered. */
    void flush() {
        if (pending.isEmpty()) {
            return;
        }
        String text = pending.toString();
        pending.setLength(0);
        switch (pendingKind) {
            case REASONING -> sink.reasoning(text);
            case CONTENT -> sink.content(text);
            case ARGUMENTS -> sink.callArguments(calls.size(), text);
        }
    }

    AnswerSummary finish(boolean contentRequired) {
        if (!called) {
            pass(Kind.CONTENT, content.release());
        }
        String thought = reasoning.toString();
        String said = content.toString();
        if (contentRequired && calls.isEmpty() && said.isBlank() && !thought.isEmpty()) {
            pass(Kind.CONTENT, thought);
            said = said + thought;
            thought = "";
        }
        flush();
        return new AnswerSummary(thought.isEmpty() ? null : thought, said.isEmpty() ? null : said, calls, diagnostics);
    }
}
