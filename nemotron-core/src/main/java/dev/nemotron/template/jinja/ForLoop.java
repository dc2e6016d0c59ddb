package dev.nemotron.template.jinja;

import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * {@code for target in items if condition} ... {@code else} ... {@code endfor}.
 *
 * @param target what each item is assigned to
 * @param items what is walked through
 * @param condition which items count, or null for all
 * @param recursive whether {@code loop} can be called
 * @param body what is done with each
 * @param otherwise what is done if there was none
 * @param nesting how deep the body nests
 * @param position where it stands
 */
record ForLoop(
        Target target,
        Expression items,
        @Nullable Expression condition,
        boolean recursive,
        Statement.Block body,
        Statement.Block otherwise,
        int nesting,
        int position)
        implements Statement {

    /** A turn makes a scope of its own, which is dearer than a step. */
    private static final int TURN_STEPS = 8;

    @Override
    public Flow execute(Frame frame) {
        Value value = items.evaluate(frame);
        frame.at(position);
        run(frame, value, 0);
        return Flow.NEXT;
    }

    boolean filtered() {
        return condition != null;
    }

    /** Walks through given items; {@code depth0} counts recursive calls. */
    void run(Frame frame, Value value, int depth0) {
        Iterator<Value> source = value.iterator();
        Iterator<Value> chosen = condition == null ? source : chosen(frame, source, condition);
        Loop loop = new Loop(value, chosen, this, frame, depth0);
        boolean none = true;
        for (Value item = loop.advance(); item != null; item = loop.advance()) {
            frame.at(position);
            frame.rendering().charge(TURN_STEPS);
            Frame turn = frame.inner();
            turn.scope().set("loop", loop);
            target.assign(turn, item);
            Flow flow = body.execute(turn);
            if (flow == Flow.BREAK) {
                break;
            }
            // As in Jinja, a turn that was cut short does not count for the else part.
            none &= flow == Flow.CONTINUE;
        }
        if (none) {
            otherwise.execute(frame.inner());
        }
    }

    private Iterator<Value> chosen(Frame frame, Iterator<Value> source, Expression test) {
        Frame filter = frame.inner();
        filter.scope()
                .set("loop", Undefined.because("the filter section of a loop has no access to its 'loop' variable"));
        return new Lookahead() {
            @Override
            @Nullable
            Value find() {
                while (source.hasNext()) {
                    frame.at(position);
                    Value item = source.next();
                    target.assign(filter, item);
                    if (test.evaluate(filter).truthy()) {
                        return item;
                    }
                }
                return null;
            }
        };
    }
}
