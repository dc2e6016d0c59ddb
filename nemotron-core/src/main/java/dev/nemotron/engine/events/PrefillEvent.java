package dev.nemotron.engine.events;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** The prompt tokens of a step. */
@Name("dev.nemotron.PrefillChunk")
@Label("Prefill Chunk")
@Category("Nemotron")
@Description("The pieces of prompts that a step computed; the duration is that of the whole step")
@StackTrace(false)
final class PrefillEvent extends Event {

    @Label("Tokens")
    int tokens;

    @Label("Sequences")
    int sequences;
}
