package dev.nemotron.template.jinja;

/**
 * What Python would raise while a template is compiled or rendered. The template turns it into a
 * {@link dev.nemotron.TemplateException} that also names the place.
 */
final class TemplateFault extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** A place that is not known: the place that is being evaluated is meant. */
    static final int HERE = -1;

    /** Offset in the template's source, or {@link #HERE}. */
    final int position;

    TemplateFault(String message) {
        this(message, HERE);
    }

    TemplateFault(String message, int position) {
        super(message, null, false, false);
        this.position = position;
    }

    /** The message; faults are never made without one. */
    String reason() {
        String message = getMessage();
        return message == null ? "" : message;
    }
}
