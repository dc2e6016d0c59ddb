package dev.nemotron.template.jinja;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What {@code namespace(...)} gives: attributes that {@code set} can change from within loops and macros. */
final class Namespace implements Value {

    private final Map<String, Value> attributes = new LinkedHashMap<>();

    /** Python's signature of {@code dict()}. */
    static Namespace from(Arguments arguments) {
        Namespace namespace = new Namespace();
        DictValue.from(arguments).entries().forEach((name, value) -> {
            if (!(name instanceof Text text)) {
                throw new TemplateFault("attribute name must be string, not '" + name.type() + "'");
            }
            namespace.set(text.chars(), value);
        });
        return namespace;
    }

    void set(String name, Value value) {
        if (name.startsWith("_")) {
            throw new TemplateFault("a namespace cannot have the attribute '" + name
                    + "': names with a leading underscore are refused, rename it");
        }
        attributes.put(name, value);
    }

    @Override
    public String type() {
        return "Namespace";
    }

    @Override
    public boolean truthy() {
        return true;
    }

    @Override
    public @Nullable Value member(String name) {
        return attributes.get(name);
    }

    @Override
    public @Nullable Value item(Value key) {
        return null;
    }

    // The attributes are not printed: a namespace can hold itself.
    @Override
    public void repr(TextBuilder out) {
        out.append("<Namespace>");
    }
}
