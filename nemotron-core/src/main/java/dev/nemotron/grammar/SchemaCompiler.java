package dev.nemotron.grammar;

import dev.nemotron.grammar.Facts.JsonType;
import dev.nemotron.grammar.SchemaDocument.Alternatives;
import dev.nemotron.grammar.SchemaDocument.Constraint;
import dev.nemotron.grammar.SchemaDocument.Subschema;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Turns a JSON Schema into the language of the texts that fulfil it. For one document. */
final class SchemaCompiler {

    private static final int MAX_RULES = 5000;
    private static final int MAX_COMBINATIONS = 20_000;
    private static final int MAX_DEPTH = 250;
    private static final int MAX_VALUES = 50_000;

    private record Task(Rule rule, Conjunction conjunction, boolean raw) {}

    private final SchemaDocument document;
    private final JsonText json = new JsonText();
    private final Dfa rawText;
    private final Map<List<Object>, Rule> rules = new HashMap<>();
    private final Deque<Task> tasks = new ArrayDeque<>();
    private int combinations;
    private int depth;

    /**
     * Opens a document.
     *
     * @param rawText the texts that strings may be where they are written without quotes
     */
    SchemaCompiler(Map<String, ? extends @Nullable Object> schema, Dfa rawText) {
        this.document = new SchemaDocument(schema);
        this.rawText = rawText;
    }

    /**
     * Compiles a schema.
     *
     * @throws UnsupportedSchemaException if it has something that cannot be enforced
     */
    static Expression compile(Map<String, ? extends @Nullable Object> schema) {
        SchemaCompiler compiler = new SchemaCompiler(schema, Dfa.of(Expression.EMPTY));
        Expression expression = compiler.value(List.of(compiler.root()), false);
        compiler.finish();
        return expression;
    }

    Subschema root() {
        return document.root();
    }

    /** Fills the rules that have been called; nothing can be compiled without it. */
    void finish() {
        for (Task task = tasks.poll(); task != null; task = tasks.poll()) {
            task.rule().define(body(task.conjunction(), task.raw()));
        }
    }

    /**
     * Returns the texts of the values that fulfil all of some constraints.
     *
     * @param raw whether a string is written without quotes
     */
    Expression value(List<? extends Constraint> constraints, boolean raw) {
        if (++depth > MAX_DEPTH) {
            throw new UnsupportedSchemaException(
                    "", "", "its parts are nested more than " + MAX_DEPTH + " levels deep");
        }
        Conjunction all = new Conjunction(document);
        constraints.forEach(all::add);
        Expression expression;
        if (all.impossible()) {
            expression = Expression.NOTHING;
        } else if (all.followsReferences()) {
            expression = new Expression.Call(rule(all, raw));
        } else {
            expression = body(all, raw);
        }
        depth--;
        return expression;
    }

    /** The flat conjunction of an object schema, for those who write it in another way. */
    @Nullable
    Facts facts(Subschema schema) {
        Conjunction all = new Conjunction(document);
        all.add(schema);
        return all.impossible() || !all.alternatives().isEmpty() ? null : all.facts();
    }

    private Rule rule(Conjunction all, boolean raw) {
        Rule known = rules.get(List.of(all.pointers(), raw));
        if (known != null) {
            return known;
        }
        if (rules.size() >= MAX_RULES) {
            throw new UnsupportedSchemaException("", "$ref", "references combine in more than " + MAX_RULES + " ways");
        }
        Rule rule = new Rule("the schema at " + all.pointers());
        rules.put(List.of(all.pointers(), raw), rule);
        tasks.add(new Task(rule, all, raw));
        return rule;
    }

    private Expression body(Conjunction all, boolean raw) {
        if (all.alternatives().isEmpty()) {
            return leaf(all.facts(), raw);
        }
        Alternatives first = all.alternatives().getFirst();
        if (first.exclusive()) {
            new Exclusivity(document, all).check(first);
        }
        List<Expression> options = new ArrayList<>();
        for (Subschema branch : first.branches()) {
            if (++combinations > MAX_COMBINATIONS) {
                throw new UnsupportedSchemaException(
                        first.pointer(), "", "alternatives combine in more than " + MAX_COMBINATIONS + " ways");
            }
            List<Constraint> with = new ArrayList<>(all.plain());
            with.addAll(all.alternatives().subList(1, all.alternatives().size()));
            with.add(branch);
            options.add(value(with, raw));
        }
        return new Expression.Choice(options);
    }

    private Expression leaf(Facts facts, boolean raw) {
        if (facts.schemas().isEmpty() && !raw) {
            return json.anyValue();
        }
        Set<JsonType> types = facts.types();
        List<@Nullable Object> values = facts.values();
        if (values != null) {
            return given(facts, types, values, raw);
        }
        if (raw && types.contains(JsonType.STRING) && !facts.saysAny("pattern", "format", "minLength", "maxLength")) {
            // Without quotes, everything else is such a text, too.
            return new Expression.Words(rawText, false);
        }
        List<Expression> options = new ArrayList<>();
        for (JsonType type : types) {
            options.add(typed(type, facts, types, raw));
        }
        return new Expression.Choice(options);
    }

    private Expression typed(JsonType type, Facts facts, Set<JsonType> types, boolean raw) {
        return switch (type) {
            case NULL -> JsonText.NULL;
            case BOOLEAN -> JsonText.BOOLEAN;
            case INTEGER ->
                types.contains(JsonType.NUMBER) ? Expression.NOTHING : new NumberSchema(facts).expression(true);
            case NUMBER -> new NumberSchema(facts).expression(false);
            case STRING -> raw ? new StringSchema(facts).raw(rawText) : new StringSchema(facts).quoted(json);
            case ARRAY ->
                facts.saysAny("items", "prefixItems", "additionalItems", "minItems", "maxItems")
                        ? new ArraySchema(this, facts).expression()
                        : json.anyArray();
            case OBJECT ->
                facts.saysAny(
                                "properties",
                                "required",
                                "additionalProperties",
                                "patternProperties",
                                "minProperties",
                                "maxProperties")
                        ? object(facts, false)
                        : json.anyObject();
        };
    }

    /** Returns the objects after a schema; a closed one has only the members that are named. */
    Expression object(Facts facts, boolean closed) {
        ObjectSchema object = new ObjectSchema(facts, closed);
        List<ObjectText.Member> members = new ArrayList<>();
        for (ObjectSchema.Named named : object.named()) {
            members.add(new ObjectText.Member(
                    Expression.sequence(JsonText.key(named.name()), JsonText.COLON, value(named.value(), false)),
                    named.required()));
        }
        List<Expression> free = new ArrayList<>();
        for (ObjectSchema.Free other : object.free()) {
            Expression key = other.keys() == null ? json.anyKey() : JsonText.key(other.keys());
            free.add(Expression.sequence(key, JsonText.COLON, value(other.value(), false)));
        }
        ObjectText text = new ObjectText(
                members,
                free.isEmpty() ? Expression.NOTHING : new Expression.Choice(free),
                facts.least("minProperties"),
                facts.most("maxProperties"));
        if (text.tooLarge()) {
            throw new UnsupportedSchemaException(
                    facts.schemas().getFirst().pointer(),
                    "minProperties",
                    "it is too large together with the properties");
        }
        return text.expression();
    }

    private Expression given(Facts facts, Set<JsonType> types, List<@Nullable Object> values, boolean raw) {
        if (values.size() > MAX_VALUES) {
            throw new UnsupportedSchemaException(
                    facts.schemas().getFirst().pointer(), "enum", "it has more than " + MAX_VALUES + " values");
        }
        NumberSchema numbers = new NumberSchema(facts);
        StringSchema strings = new StringSchema(facts);
        List<String> literals = new ArrayList<>();
        List<Expression> options = new ArrayList<>();
        for (Object value : values) {
            JsonType type = Facts.typeOf(value);
            if (!types.contains(type)) {
                continue;
            }
            switch (type) {
                case STRING -> {
                    String text = (String) java.util.Objects.requireNonNull(value);
                    if (strings.accepts(text) && (!raw || rawText.accepts(text))) {
                        literals.add(raw ? text : JsonLiteral.write(text));
                    }
                }
                case INTEGER, NUMBER -> {
                    if (numbers.accepts(java.util.Objects.requireNonNull(JsonLiteral.decimal(value)))) {
                        literals.addAll(JsonLiteral.spellings(value));
                    }
                }
                case NULL, BOOLEAN -> literals.addAll(JsonLiteral.spellings(value));
                case ARRAY, OBJECT -> {
                    refuseBeside(facts, type);
                    options.add(JsonText.literal(value));
                }
            }
        }
        options.add(new Expression.Literals(literals));
        return new Expression.Choice(options);
    }

    private static void refuseBeside(Facts facts, JsonType type) {
        boolean more = type == JsonType.ARRAY
                ? facts.saysAny("items", "prefixItems", "additionalItems", "minItems", "maxItems")
                : facts.saysAny(
                        "properties",
                        "required",
                        "additionalProperties",
                        "patternProperties",
                        "minProperties",
                        "maxProperties");
        if (more) {
            throw new UnsupportedSchemaException(
                    facts.schemas().getFirst().pointer(),
                    "enum",
                    "lists and objects as values are not supported beside keywords about what is in them");
        }
    }
}
