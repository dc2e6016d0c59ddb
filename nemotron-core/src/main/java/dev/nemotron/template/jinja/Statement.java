package dev.nemotron.template.jinja;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A part of a template that does something. */
interface Statement {

    /** How a statement ended. */
    enum Flow {
        /** Go on with the next one. */
        NEXT,
        /** Leave the loop. */
        BREAK,
        /** Go on with the loop's next turn. */
        CONTINUE
    }

    /** Does it. */
    Flow execute(Frame frame);

    /** Statements one after the other. */
    record Block(List<Statement> statements) implements Statement {
        @Override
        public Flow execute(Frame frame) {
            for (Statement statement : statements) {
                Flow flow = statement.execute(frame);
                if (flow != Flow.NEXT) {
                    return flow;
                }
            }
            return Flow.NEXT;
        }
    }

    /** Text outside of tags. */
    record Data(String text) implements Statement {
        @Override
        public Flow execute(Frame frame) {
            frame.out().append(text);
            return Flow.NEXT;
        }
    }

    /** <code>{{ value }}</code>. */
    record Print(Expression value, int position) implements Statement {
        @Override
        public Flow execute(Frame frame) {
            frame.at(position);
            Text text = value.evaluate(frame).text();
            frame.out().append(frame.rendering().charged(text));
            return Flow.NEXT;
        }
    }

    /** {@code if} with its {@code elif}s; the condition of {@code else} is null. */
    record Branches(List<Branch> branches) implements Statement {

        /** One of them. */
        record Branch(@Nullable Expression condition, Block body, int position) {}

        @Override
        public Flow execute(Frame frame) {
            for (Branch branch : branches) {
                frame.at(branch.position);
                if (branch.condition == null || branch.condition.evaluate(frame).truthy()) {
                    return branch.body.execute(frame);
                }
            }
            return Flow.NEXT;
        }
    }

    /** {@code break} or {@code continue}. */
    record Jump(Flow flow) implements Statement {
        @Override
        public Flow execute(Frame frame) {
            return flow;
        }
    }

    /** {@code set target = value}. */
    record Assignment(Target target, Expression value, int position) implements Statement {
        @Override
        public Flow execute(Frame frame) {
            frame.at(position);
            target.assign(frame, value.evaluate(frame));
            return Flow.NEXT;
        }
    }

    /** {@code set target} ... {@code endset}, through filters if there are any. */
    record Capture(Target target, List<Invocation.Filtered> filters, Block body, int position) implements Statement {
        @Override
        public Flow execute(Frame frame) {
            frame.at(position);
            Frame inner = frame.capturing();
            Flow flow = body.execute(inner);
            // A jump leaves the block before its text is used.
            if (flow == Flow.NEXT) {
                target.assign(frame, filtered(filters, inner.out().build(), frame));
            }
            return flow;
        }
    }

    /** {@code filter name} ... {@code endfilter}. */
    record FilterBlock(List<Invocation.Filtered> filters, Block body, int position) implements Statement {
        @Override
        public Flow execute(Frame frame) {
            frame.at(position);
            Frame inner = frame.capturing();
            Flow flow = body.execute(inner);
            if (flow == Flow.NEXT) {
                frame.out().append(filtered(filters, inner.out().build(), frame).text());
            }
            return flow;
        }
    }

    private static Value filtered(List<Invocation.Filtered> filters, Value value, Frame frame) {
        Value result = value;
        for (Invocation.Filtered filter : filters) {
            result = filter.apply(frame, result);
        }
        return result;
    }

    /** A body with names of its own: {@code with}, {@code block}, {@code generation}. */
    record Scoped(List<Target> targets, List<Expression> values, Block body, boolean isolated, int position)
            implements Statement {
        @Override
        public Flow execute(Frame frame) {
            frame.at(position);
            Scope outer = isolated ? frame.root() : frame.scope();
            Frame inner = new Frame(frame.rendering(), frame.root(), new Scope(outer), frame.out());
            for (int i = 0; i < targets.size(); i++) {
                targets.get(i).assign(inner, values.get(i).evaluate(frame));
            }
            return body.execute(inner);
        }
    }

    /** {@code macro name(...)} ... {@code endmacro}. */
    record MacroDefinition(Macro.Signature signature) implements Statement {
        @Override
        public Flow execute(Frame frame) {
            frame.scope().set(signature.name(), new Macro(signature, frame));
            return Flow.NEXT;
        }
    }

    /** {@code call macro(...)} ... {@code endcall}: a call that gets its body as {@code caller}. */
    record CallBlock(Macro.Signature caller, Invocation.Call call, int position) implements Statement {
        @Override
        public Flow execute(Frame frame) {
            frame.at(position);
            frame.out().append(call.evaluate(frame, new Macro(caller, frame)).text());
            return Flow.NEXT;
        }
    }
}
