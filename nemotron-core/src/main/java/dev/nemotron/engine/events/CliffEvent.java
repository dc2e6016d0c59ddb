package dev.nemotron.engine.events;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** Something that makes a model many times slower than it could be. */
@Name("dev.nemotron.PerformanceCliff")
@Label("Performance Cliff")
@Category("Nemotron")
@Description("Something makes the model many times slower than this machine allows")
@StackTrace(false)
@SuppressWarnings("NullAway.Init") // filled in before it is committed
final class CliffEvent extends Event {

    @Label("Reason")
    String reason;

    @Label("Cure")
    String cure;
}
