package dev.nemotron.template.jinja;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The variable {@code loop}: where a {@code for} stands. Items are fetched as late as possible. */
final class Loop implements Value {

    private final Value iterable;
    private final ForLoop source;
    private final Frame frame;
    private final int depth0;
    private Iterator<Value> items;
    private int index0 = -1;
    private int length = -1;
    private @Nullable Value before;
    private @Nullable Value current;
    private @Nullable Value after;
    private @Nullable List<Value> lastChanged;

    Loop(Value iterable, Iterator<Value> items, ForLoop source, Frame frame, int depth0) {
        this.iterable = iterable;
        this.items = items;
        this.source = source;
        this.frame = frame;
        this.depth0 = depth0;
    }

    /** Moves to the next item, or gives null at the end. */
    @Nullable
    Value advance() {
        Value item = peek();
        after = null;
        if (item != null) {
            index0++;
            before = current;
            current = item;
        }
        return item;
    }

    private @Nullable Value peek() {
        if (after == null && items.hasNext()) {
            after = items.next();
        }
        return after;
    }

    private int total() {
        if (length < 0 && source.filtered()) {
            length = countRest();
        } else if (length < 0) {
            length = iterable instanceof Generator || iterable instanceof Loop ? countRest() : iterable.length();
        }
        return length;
    }

    private int countRest() {
        List<Value> rest = new ArrayList<>();
        items.forEachRemaining(rest::add);
        items = rest.iterator();
        return rest.size() + index0 + 1 + (after == null ? 0 : 1);
    }

    @Override
    public String type() {
        return "LoopContext";
    }

    @Override
    public boolean truthy() {
        return total() > 0;
    }

    @Override
    public int length() {
        return total();
    }

    @Override
    public void repr(TextBuilder out) {
        out.append("<LoopContext " + (index0 + 1) + "/" + total() + ">");
    }

    @Override
    public @Nullable Value member(String name) {
        return switch (name) {
            case "index" -> IntValue.of(index0 + 1);
            case "index0" -> IntValue.of(index0);
            case "revindex" -> IntValue.of(total() - index0);
            case "revindex0" -> IntValue.of(total() - index0 - 1);
            case "first" -> BoolValue.of(index0 == 0);
            case "last" -> BoolValue.of(peek() == null);
            case "length" -> IntValue.of(total());
            case "depth" -> IntValue.of(depth0 + 1);
            case "depth0" -> IntValue.of(depth0);
            case "previtem" -> before == null ? Undefined.because("there is no previous item") : before;
            case "nextitem" -> next();
            case "cycle" -> new Function("cycle", (rendering, arguments) -> cycle(arguments));
            case "changed" -> new Function("changed", (rendering, arguments) -> changed(arguments));
            default -> null;
        };
    }

    private Value next() {
        Value next = peek();
        return next == null ? Undefined.because("there is no next item") : next;
    }

    private Value cycle(Arguments arguments) {
        List<Value> choices = arguments.remainingPositional();
        if (choices.isEmpty()) {
            throw new TemplateFault("no items for cycling given");
        }
        return arguments.end(choices.get(index0 % choices.size()));
    }

    private Value changed(Arguments arguments) {
        List<Value> values = List.copyOf(arguments.remainingPositional());
        boolean changed = !values.equals(lastChanged);
        lastChanged = values;
        return arguments.end(BoolValue.of(changed));
    }

    /** {@code loop(items)}: the body once more, for items further down. */
    @Override
    public Value call(Rendering rendering, Arguments arguments) {
        Value below = arguments.end(arguments.required("iterable"));
        if (!source.recursive()) {
            throw new TemplateFault("The loop must have the 'recursive' marker to be called recursively.");
        }
        Frame inner = frame.capturing();
        rendering.enter(source.nesting());
        source.run(inner, below, depth0 + 1);
        rendering.leave(source.nesting());
        return inner.out().build();
    }
}
