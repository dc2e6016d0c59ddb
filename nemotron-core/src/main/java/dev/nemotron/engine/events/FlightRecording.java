package dev.nemotron.engine.events;

import java.nio.file.Path;

/** Hands single events to JDK Flight Recorder. Thread-safe; does nothing without the module {@code jdk.jfr}. */
public final class FlightRecording {

    /** The events are linked when they are first used, which this keeps from happening where their module is absent. */
    static final boolean AVAILABLE = ModuleLayer.boot().findModule("jdk.jfr").isPresent();

    private FlightRecording() {}

    /** A load in progress. */
    public interface Load {

        /**
         * Notes the end.
         *
         * @param folder the model folder
         * @param weightBytes the size of its weights
         * @param backend where it computes
         */
        void done(Path folder, long weightBytes, String backend);
    }

    /**
     * Begins to time a load.
     *
     * @return takes its end; may be dropped if the load fails
     */
    public static Load load() {
        if (!AVAILABLE) {
            return (folder, weightBytes, backend) -> {};
        }
        LoadEvent event = new LoadEvent();
        event.begin();
        return (folder, weightBytes, backend) -> {
            event.folder = folder.toString();
            event.weightBytes = weightBytes;
            event.backend = backend;
            event.commit();
        };
    }

    static void cliff(String reason, String cure) {
        if (AVAILABLE) {
            CliffEvent event = new CliffEvent();
            event.reason = reason;
            event.cure = cure;
            event.commit();
        }
    }
}
