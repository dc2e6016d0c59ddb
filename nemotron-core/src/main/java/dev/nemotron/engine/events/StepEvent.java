package dev.nemotron.engine.events;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** A forward pass over all sequences that have something to compute. */
@Name("dev.nemotron.Step")
@Label("Step")
@Category("Nemotron")
@Description("One forward pass over the new tokens of all running sequences, without drawing the next tokens")
@StackTrace(false)
final class StepEvent extends Event {

    @Label("Rows")
    @Description("New tokens, prompt and generated ones together")
    int rows;

    @Label("Sequences")
    int sequences;
}
