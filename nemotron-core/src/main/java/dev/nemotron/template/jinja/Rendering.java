package dev.nemotron.template.jinja;

import java.time.Clock;

/** What one rendering owns: the limits that it uses up, the clock, and the place that it is at. */
final class Rendering {

    private static final int CHARS_PER_STEP = 4;
    private static final int STEPS_PER_ITEM = 8;

    final Clock clock;
    private final TemplateLimits limits;
    private long steps;
    private int depth;
    private int position;

    Rendering(TemplateLimits limits, Clock clock) {
        this.limits = limits;
        this.clock = clock;
    }

    /** Says which part of the source works now, for messages, and counts a step. */
    void at(int offset) {
        position = offset;
        charge(1);
    }

    int position() {
        return position;
    }

    void charge(long work) {
        steps += work;
        if (steps > limits.steps()) {
            throw new TemplateFault("more than " + limits.steps() + " steps of work, the limit");
        }
    }

    /** Counts the making of a value. */
    <T extends Value> T charged(T value) {
        if (value instanceof Text text) {
            charge(text.chars().length() / CHARS_PER_STEP);
        } else if (value instanceof ListValue list) {
            charge((long) list.size() * STEPS_PER_ITEM);
        }
        return value;
    }

    /** Goes some levels deeper; {@link #leave} with the same number comes back. */
    void enter(int levels) {
        depth += levels;
        if (depth > limits.depth()) {
            throw new TemplateFault("evaluation nested more than " + limits.depth() + " deep, the limit");
        }
    }

    void leave(int levels) {
        depth -= levels;
    }

    TextBuilder buffer() {
        return new TextBuilder(Math.min(limits.outputChars(), TemplateLimits.TEXT_SIZE));
    }
}
