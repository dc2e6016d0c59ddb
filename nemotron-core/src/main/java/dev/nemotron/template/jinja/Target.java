package dev.nemotron.template.jinja;

import java.util.Iterator;
import java.util.List;

/** Something that can be assigned to. */
sealed interface Target {

    /** Assigns a value in the frame's innermost scope. */
    void assign(Frame frame, Value value);

    /** Whether a variable of that name is among them. */
    boolean assigns(String variable);

    /** A variable. */
    record Variable(String name) implements Target {
        @Override
        public void assign(Frame frame, Value value) {
            frame.scope().set(name, value);
        }

        @Override
        public boolean assigns(String variable) {
            return name.equals(variable);
        }
    }

    /** An attribute of a namespace. */
    record Attribute(String namespace, String name, int position) implements Target {
        @Override
        public void assign(Frame frame, Value value) {
            frame.at(position);
            if (!(frame.scope().get(namespace) instanceof Namespace owner)) {
                throw new TemplateFault("cannot assign attribute on non-namespace object");
            }
            owner.set(name, value);
        }

        @Override
        public boolean assigns(String variable) {
            return false;
        }
    }

    /** Several targets that share the items of a value. */
    record Tuple(List<Target> targets) implements Target {
        @Override
        public void assign(Frame frame, Value value) {
            Iterator<Value> items = value.iterator();
            for (int i = 0; i < targets.size(); i++) {
                if (!items.hasNext()) {
                    throw new TemplateFault(
                            "not enough values to unpack (expected " + targets.size() + ", got " + i + ")");
                }
                targets.get(i).assign(frame, items.next());
            }
            if (items.hasNext()) {
                throw new TemplateFault("too many values to unpack (expected " + targets.size() + ")");
            }
        }

        @Override
        public boolean assigns(String variable) {
            return targets.stream().anyMatch(target -> target.assigns(variable));
        }
    }
}
