package dev.nemotron.template.jinja;

import java.util.Iterator;
import java.util.Map;
import java.util.stream.Stream;

/** What {@code keys()}, {@code values()} and {@code items()} of a dict give. */
record DictView(DictValue dict, Kind kind) implements Value {

    /** Which part of the entries is seen. */
    enum Kind {
        /** The keys. */
        KEYS("dict_keys"),
        /** The values. */
        VALUES("dict_values"),
        /** Pairs of key and value. */
        ITEMS("dict_items");

        private final String type;

        Kind(String type) {
            this.type = type;
        }
    }

    @Override
    public String type() {
        return kind.type;
    }

    @Override
    public boolean truthy() {
        return dict.truthy();
    }

    @Override
    public int length() {
        return dict.length();
    }

    @Override
    public int depth() {
        return kind == Kind.ITEMS ? Containers.nested(dict.depth()) : dict.depth();
    }

    @Override
    public long weight() {
        return dict.weight();
    }

    @Override
    public Iterator<Value> iterator() {
        Map<Value, Value> entries = dict.entries();
        return switch (kind) {
            case KEYS -> entries.keySet().iterator();
            case VALUES -> entries.values().iterator();
            case ITEMS -> pairs(entries.entrySet().stream()).iterator();
        };
    }

    private static Stream<Value> pairs(Stream<Map.Entry<Value, Value>> entries) {
        return entries.map(entry -> ListValue.tuple(entry.getKey(), entry.getValue()));
    }

    @Override
    public void repr(TextBuilder out) {
        out.append(kind.type).append("([");
        Containers.reprAll(iterator(), out);
        out.append("])");
    }
}
