package dev.nemotron.grammar;

import dev.nemotron.grammar.Expression.Arc;
import dev.nemotron.grammar.SchemaDocument.Constraint;
import dev.nemotron.grammar.SchemaDocument.Subschema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Arrays whose items keep to a schema. */
final class ArraySchema {

    private final SchemaCompiler compiler;
    private final Facts facts;
    private final int least;
    private final int most;

    ArraySchema(SchemaCompiler compiler, Facts facts) {
        this.compiler = compiler;
        this.facts = facts;
        this.least = facts.least("minItems");
        this.most = facts.most("maxItems");
    }

    Expression expression() {
        int fixed = 0;
        for (Subschema schema : facts.schemas()) {
            fixed = Math.max(fixed, prefix(schema).size());
        }
        List<Arc> arcs = new ArrayList<>();
        int end = fixed + 1;
        for (int place = 0; place < fixed; place++) {
            if (place >= least) {
                arcs.add(new Arc(place, Expression.EMPTY, end));
            }
            if (place < most) {
                Expression item = compiler.value(item(place), false);
                arcs.add(new Arc(place, place == 0 ? item : Expression.sequence(JsonText.COMMA, item), place + 1));
            }
        }
        if (least <= most && fixed <= most) {
            arcs.add(new Arc(fixed, rest(fixed), end));
        }
        return Expression.sequence(
                new Expression.Text("["), new Expression.Graph(end + 1, arcs), new Expression.Text("]"));
    }

    private Expression rest(int fixed) {
        int min = Math.max(0, least - fixed);
        int max = most == Expression.UNBOUNDED ? most : most - fixed;
        return max == 0 ? Expression.EMPTY : listed(compiler.value(item(fixed), false), min, max, fixed > 0);
    }

    /** So many members with commas between them, and one before the first if others are there. */
    static Expression listed(Expression member, int min, int max, boolean afterOthers) {
        Rule rule = new Rule("member");
        rule.define(member);
        Expression call = new Expression.Call(rule);
        Expression more = Expression.sequence(JsonText.COMMA, call);
        if (afterOthers) {
            return new Expression.Repeat(more, min, max);
        }
        if (max == 0) {
            return min == 0 ? Expression.EMPTY : Expression.NOTHING;
        }
        int maxMore = max == Expression.UNBOUNDED ? max : max - 1;
        Expression some = Expression.sequence(call, new Expression.Repeat(more, Math.max(0, min - 1), maxMore));
        return min == 0 ? Expression.optional(some) : some;
    }

    private static List<Subschema> prefix(Subschema schema) {
        Map<?, ?> map = (Map<?, ?>) schema.value();
        if (map.containsKey("prefixItems")) {
            return schema.listed("prefixItems");
        }
        return map.get("items") instanceof List<?> ? schema.listed("items") : List.of();
    }

    private List<Constraint> item(int place) {
        List<Constraint> all = new ArrayList<>();
        for (Subschema schema : facts.schemas()) {
            List<Subschema> prefix = prefix(schema);
            Map<?, ?> map = (Map<?, ?>) schema.value();
            String others = map.get("items") instanceof List<?> ? "additionalItems" : "items";
            if (place < prefix.size()) {
                all.add(prefix.get(place));
            } else if (map.containsKey(others)) {
                all.add(schema.at(others));
            }
        }
        return all;
    }
}
