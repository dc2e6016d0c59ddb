package dev.nemotron.grammar;

import dev.nemotron.grammar.Facts.JsonType;
import dev.nemotron.grammar.Facts.Said;
import dev.nemotron.grammar.SchemaDocument.Alternatives;
import dev.nemotron.grammar.SchemaDocument.Subschema;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes sure that no value fulfils two alternatives of {@code oneOf}, so that one of them is exactly one. */
final class Exclusivity {

    private static final int MAX_BRANCHES = 200;
    private static final int MAX_DEPTH = 4;

    private final SchemaDocument document;
    private final Conjunction around;

    /**
     * Opens a check.
     *
     * @param around what has to hold besides the alternatives
     */
    Exclusivity(SchemaDocument document, Conjunction around) {
        this.document = document;
        this.around = around;
    }

    /**
     * Checks alternatives.
     *
     * @throws UnsupportedSchemaException if two of them are not certain to exclude each other
     */
    void check(Alternatives alternatives) {
        List<Subschema> branches = alternatives.branches();
        String owner =
                alternatives.pointer().substring(0, alternatives.pointer().length() - "/oneOf".length());
        if (branches.size() > MAX_BRANCHES) {
            throw new UnsupportedSchemaException(owner, "oneOf", "it has more than " + MAX_BRANCHES + " alternatives");
        }
        List<@Nullable Facts> facts = new ArrayList<>();
        for (Subschema branch : branches) {
            Conjunction all = new Conjunction(document);
            around.plain().forEach(all::add);
            all.add(branch);
            facts.add(all.impossible() ? null : all.facts());
        }
        for (int i = 0; i < facts.size(); i++) {
            for (int j = 0; j < i; j++) {
                Facts left = facts.get(j);
                Facts right = facts.get(i);
                if (left != null && right != null && !disjoint(left, right, 0)) {
                    throw new UnsupportedSchemaException(
                            owner,
                            "oneOf",
                            "the alternatives " + j + " and " + i + " are not certain to exclude each other;"
                                    + " give them different types or a required property of different values, or use anyOf");
                }
            }
        }
    }

    private boolean disjoint(Facts left, Facts right, int depth) {
        List<@Nullable Object> some = left.values();
        List<@Nullable Object> others = right.values();
        if (some != null && others != null) {
            return Collections.disjoint(JsonLiteral.identities(some), JsonLiteral.identities(others));
        }
        Set<JsonType> common = EnumSet.noneOf(JsonType.class);
        common.addAll(typesOf(left, some));
        common.retainAll(typesOf(right, others));
        return common.stream().allMatch(type -> switch (type) {
            case OBJECT -> disjointMembers(left, right, depth);
            case INTEGER, NUMBER -> disjointRanges(left, right);
            default -> false;
        });
    }

    private static Set<JsonType> typesOf(Facts facts, @Nullable List<@Nullable Object> values) {
        if (values == null) {
            return facts.types();
        }
        Set<JsonType> types = EnumSet.noneOf(JsonType.class);
        values.forEach(value -> types.add(Facts.typeOf(value)));
        types.retainAll(facts.types());
        return types;
    }

    private static boolean disjointRanges(Facts left, Facts right) {
        return below(left, right) || below(right, left);
    }

    private static boolean below(Facts lower, Facts upper) {
        for (String max : List.of("maximum", "exclusiveMaximum")) {
            for (String min : List.of("minimum", "exclusiveMinimum")) {
                for (Said most : lower.said(max)) {
                    for (Said least : upper.said(min)) {
                        int order = Facts.number(most, max).compareTo(Facts.number(least, min));
                        if (order < 0 || (order == 0 && !(max.equals("maximum") && min.equals("minimum")))) {
                            return true;
                        }
                    }
                }
            }
        }
        return false;
    }

    /** Whether a property has to be there in one and is different or forbidden in the other. */
    private boolean disjointMembers(Facts left, Facts right, int depth) {
        if (depth == MAX_DEPTH) {
            return false;
        }
        ObjectSchema some = new ObjectSchema(left, false);
        ObjectSchema others = new ObjectSchema(right, false);
        return differ(some, others, depth) || differ(others, some, depth);
    }

    private boolean differ(ObjectSchema some, ObjectSchema others, int depth) {
        Map<String, ObjectSchema.Named> named = new java.util.HashMap<>();
        others.named().forEach(member -> named.put(member.name(), member));
        for (ObjectSchema.Named member : some.named()) {
            ObjectSchema.Named other = named.get(member.name());
            if (!member.required()) {
                continue;
            }
            if (other == null) {
                if (others.free().isEmpty()) {
                    return true;
                }
                continue;
            }
            Conjunction left = new Conjunction(document);
            member.value().forEach(left::add);
            Conjunction right = new Conjunction(document);
            other.value().forEach(right::add);
            if (left.impossible() || right.impossible() || disjoint(left.facts(), right.facts(), depth + 1)) {
                return true;
            }
        }
        return false;
    }
}
