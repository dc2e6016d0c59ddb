package dev.nemotron.output;

/** The value of one parameter in an XML call. Text is passed on as it comes, everything else when it is complete. */
final class XmlValue {

    private final ParameterType type;
    private final AnswerRecorder recorder;
    private final String name;
    private final String lead;
    private final boolean repeated;
    private final StringBuilder whole = new StringBuilder();
    private boolean started;

    /**
     * At the beginning of a value.
     *
     * @param name the name of its parameter
     * @param type the declared type
     * @param first whether it is the first parameter of its call
     * @param recorder takes it
     */
    XmlValue(String name, ParameterType type, boolean first, AnswerRecorder recorder) {
        this(name, type, (first ? "{" : ", ") + JsonStrings.quote(name) + ": ", false, recorder);
    }

    private XmlValue(String name, ParameterType type, String lead, boolean repeated, AnswerRecorder recorder) {
        this.name = name;
        this.type = type;
        this.lead = lead;
        this.repeated = repeated;
        this.recorder = recorder;
    }

    /** The value of a parameter that has one already; it goes into a note. */
    static XmlValue repeated(String name, AnswerRecorder recorder) {
        return new XmlValue(name, ParameterType.TEXT, "", true, recorder);
    }

    private boolean streams() {
        return type.isText() && !repeated;
    }

    void add(String text) {
        if (!streams()) {
            whole.append(text);
            return;
        }
        start();
        recorder.arguments(JsonStrings.escape(text));
    }

    private void start() {
        if (!started) {
            started = true;
            recorder.arguments(lead + '"');
        }
    }

    void end() {
        if (streams()) {
            start();
            recorder.arguments("\"");
        } else if (repeated) {
            recorder.report(
                    Diagnostic.Kind.REPEATED_PARAMETER,
                    "the parameter \"" + name + "\" has a value already, ignored: " + whole);
        } else {
            recorder.arguments(lead + type.toJson(whole.toString()));
        }
    }
}
