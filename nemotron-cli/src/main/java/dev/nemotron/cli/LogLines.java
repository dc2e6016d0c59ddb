package dev.nemotron.cli;

import java.util.logging.ConsoleHandler;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** The log of the library on standard error, one line an event. */
final class LogLines extends Formatter {

    private LogLines() {}

    /**
     * Shows warnings, or everything of note.
     *
     * @param verbose whether to show more than warnings
     */
    static void toStandardError(boolean verbose) {
        Logger root = Logger.getLogger("");
        for (Handler handler : root.getHandlers()) {
            root.removeHandler(handler);
        }
        Handler handler = new ConsoleHandler();
        handler.setFormatter(new LogLines());
        handler.setLevel(verbose ? Level.FINE : Level.WARNING);
        root.addHandler(handler);
        root.setLevel(verbose ? Level.INFO : Level.WARNING);
    }

    @Override
    public String format(LogRecord event) {
        return event.getLevel().getName().toLowerCase(java.util.Locale.ROOT) + ": " + formatMessage(event)
                + System.lineSeparator();
    }
}
