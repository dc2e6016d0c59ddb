package dev.nemotron;

/** Why a generation ended. */
public enum FinishReason {
    /** The model said that it was done, or one of the stop strings or stop tokens came. */
    STOP,
    /** The model asks for calls of tools. */
    TOOL_CALLS,
    /** The allowed number of tokens was used up, or the context was full. */
    LENGTH,
    /** Somebody cancelled it, or closed the model. */
    CANCELLED
}
