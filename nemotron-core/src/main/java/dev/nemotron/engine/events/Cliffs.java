package dev.nemotron.engine.events;

/** Says when a model runs many times slower than it could, in words that a user can act on. Thread-safe. */
public final class Cliffs {

    private static final System.Logger LOG = System.getLogger("dev.nemotron");

    private Cliffs() {}

    /**
     * Warns in the log and in a flight recording. Callers say each thing once.
     *
     * @param reason what is slow and why, as a clause
     * @param cure what helps, as a sentence
     */
    public static void report(String reason, String cure) {
        LOG.log(System.Logger.Level.WARNING, "slow: {0}. {1}", reason, cure);
        FlightRecording.cliff(reason, cure);
    }
}
