package dev.nemotron.engine.events;

import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** A model that was loaded. */
@Name("dev.nemotron.Load")
@Label("Model Load")
@Category("Nemotron")
@Description("A model was opened; the duration includes the warm-up that its options ask for")
@StackTrace(false)
@SuppressWarnings("NullAway.Init") // filled in before it is committed
final class LoadEvent extends Event {

    @Label("Folder")
    String folder;

    @Label("Weights")
    @DataAmount
    long weightBytes;

    @Label("Backend")
    String backend;
}
