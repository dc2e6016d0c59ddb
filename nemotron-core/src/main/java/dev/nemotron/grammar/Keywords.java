package dev.nemotron.grammar;

import java.util.Map;
import java.util.Set;

/** The keywords of JSON Schema: those that are enforced, those that are remarks, and those that are refused. */
final class Keywords {

    /** Keywords about the value itself; each stands for a constraint of its own. */
    private static final Set<String> ENFORCED = Set.of(
            "type",
            "enum",
            "const",
            "properties",
            "required",
            "additionalProperties",
            "patternProperties",
            "minProperties",
            "maxProperties",
            "items",
            "prefixItems",
            "additionalItems",
            "minItems",
            "maxItems",
            "pattern",
            "minLength",
            "maxLength",
            "format",
            "minimum",
            "maximum",
            "exclusiveMinimum",
            "exclusiveMaximum",
            "multipleOf");

    private static final Set<String> APPLICATORS = Set.of("$ref", "allOf", "anyOf", "oneOf");

    private static final Set<String> REMARKS = Set.of(
            "title",
            "description",
            "default",
            "examples",
            "example",
            "$schema",
            "$id",
            "id",
            "$comment",
            "$defs",
            "definitions",
            "deprecated",
            "readOnly",
            "writeOnly",
            "$anchor",
            "$vocabulary",
            "contentEncoding",
            "contentMediaType",
            "contentSchema");

    private Keywords() {}

    /**
     * Makes sure that everything in a schema is understood.
     *
     * @return whether it says something about the value beside references and combinations
     * @throws UnsupportedSchemaException if it has a keyword that cannot be enforced
     */
    static boolean check(SchemaDocument.Subschema schema) {
        boolean says = false;
        for (Object key : ((Map<?, ?>) schema.value()).keySet()) {
            String keyword = String.valueOf(key);
            boolean allowsRepetition =
                    keyword.equals("uniqueItems") && Boolean.FALSE.equals(((Map<?, ?>) schema.value()).get(keyword));
            says |= ENFORCED.contains(keyword);
            boolean known = ENFORCED.contains(keyword)
                    || APPLICATORS.contains(keyword)
                    || REMARKS.contains(keyword)
                    || keyword.startsWith("x-");
            if (!known && !allowsRepetition) {
                throw new UnsupportedSchemaException(
                        schema.pointer(), keyword, "it is not supported; leave it out or say it in another way");
            }
        }
        return says;
    }
}
