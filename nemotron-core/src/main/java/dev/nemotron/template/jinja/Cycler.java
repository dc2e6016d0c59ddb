package dev.nemotron.template.jinja;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What {@code cycler(...)} gives: its items in turn, for ever. */
final class Cycler implements Value {

    private final List<Value> items;
    private int position;

    Cycler(List<Value> items) {
        if (items.isEmpty()) {
            throw new TemplateFault("at least one item has to be provided");
        }
        this.items = items;
    }

    @Override
    public String type() {
        return "Cycler";
    }

    @Override
    public boolean truthy() {
        return true;
    }

    @Override
    public @Nullable Value member(String name) {
        return switch (name) {
            case "current" -> items.get(position);
            case "next" -> new Function("next", (rendering, arguments) -> arguments.end(next()));
            case "reset" -> new Function("reset", (rendering, arguments) -> arguments.end(reset()));
            default -> null;
        };
    }

    private Value next() {
        Value item = items.get(position);
        position = (position + 1) % items.size();
        return item;
    }

    private Value reset() {
        position = 0;
        return NoneValue.NONE;
    }

    @Override
    public void repr(TextBuilder out) {
        out.append("<Cycler>");
    }
}
