package dev.nemotron.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.nemotron.json.Json;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonSchemasTest {

    private static void assertSchema(Class<?> type, String json) {
        assertThat(JsonText.of(JsonSchemas.of(type))).isEqualTo(JsonText.of(Json.parse(json, "schema")));
    }

    @Test
    void aRecordIsAnObjectWithAllItsComponents() {
        assertSchema(Models.Place.class, """
                {"type": "object", "description": "A place on earth",
                 "properties": {
                   "name": {"type": "string", "description": "Its name"},
                   "latitude": {"type": "number"},
                   "unit": {"anyOf": [{"type": "string", "enum": ["CELSIUS", "FAHRENHEIT"]}, {"type": "null"}]}},
                 "required": ["name", "latitude"], "additionalProperties": false}
                """);
    }

    @Test
    void integersHaveTheBoundsOfTheirType() {
        Map<?, ?> properties = (Map<?, ?>) JsonSchemas.of(Models.Numbers.class).get("properties");
        assertThat(properties.get("small")).isEqualTo(Map.of("type", "integer", "minimum", -128L, "maximum", 127L));
        assertThat(properties.get("large"))
                .isEqualTo(Map.of("type", "integer", "minimum", Long.MIN_VALUE, "maximum", Long.MAX_VALUE));
        assertThat(properties.get("huge")).isEqualTo(Map.of("type", "integer"));
        assertThat(properties.get("exact")).isEqualTo(Map.of("type", "number"));
        assertThat(properties.get("truth")).isEqualTo(Map.of("type", "boolean"));
    }

    @Test
    void datesAndTimesAreFormats() {
        Map<?, ?> properties = (Map<?, ?>) JsonSchemas.of(Models.Times.class).get("properties");
        assertThat(properties.values().stream()
                        .map(schema -> ((Map<?, ?>) schema).get("format"))
                        .toList())
                .isEqualTo(List.of("date", "time", "date-time", "date-time", "duration", "uuid", "uri"));
    }

    @Test
    void collectionsAreArraysAndObjects() {
        Map<?, ?> properties =
                (Map<?, ?>) JsonSchemas.of(Models.Collections.class).get("properties");
        assertThat(properties.get("list")).isEqualTo(Map.of("type", "array", "items", Map.of("type", "string")));
        assertThat(((Map<?, ?>) properties.get("set")).get("type")).isEqualTo("array");
        assertThat(((Map<?, ?>) properties.get("map")).get("additionalProperties"))
                .isInstanceOf(Map.class);
        assertThat(properties.get("optional")).isEqualTo(Map.of("type", List.of("string", "null")));
        assertThat(properties.get("any")).isEqualTo(Map.of());
        assertThat(JsonSchemas.of(Models.Collections.class).get("required"))
                .isEqualTo(List.of("list", "set", "map", "any"));
    }

    @Test
    void whatOccursTwiceIsADefinition() {
        Map<String, Object> schema = JsonSchemas.of(Models.Trip.class);
        Map<?, ?> properties = (Map<?, ?>) schema.get("properties");
        assertThat(properties.get("from")).isEqualTo(Map.of("$ref", "#/$defs/Place"));
        assertThat(properties.get("stop"))
                .isEqualTo(Map.of(
                        "anyOf",
                        List.of(Map.of("$ref", "#/$defs/Place"), Map.of("type", "null")),
                        "description",
                        "Where to sleep"));
        assertThat(((Map<?, ?>) schema.get("$defs")).keySet().toString()).isEqualTo("[Place]");
    }

    @Test
    void aTypeWithinItselfIsADefinition() {
        assertSchema(Models.Tree.class, """
                {"type": "object",
                 "properties": {
                   "label": {"type": "string"},
                   "children": {"type": "array", "items": {"$ref": "#/$defs/Tree"}}},
                 "required": ["label", "children"], "additionalProperties": false,
                 "$defs": {"Tree": {"type": "object",
                   "properties": {
                     "label": {"type": "string"},
                     "children": {"type": "array", "items": {"$ref": "#/$defs/Tree"}}},
                   "required": ["label", "children"], "additionalProperties": false}}}
                """);
    }

    @Test
    void aSealedInterfaceIsAlternativesThatNameTheirRecord() {
        Map<String, Object> schema = JsonSchemas.of(Models.Figure.class);
        List<?> alternatives = (List<?>) schema.get("anyOf");
        assertThat(alternatives).hasSize(3);
        Map<?, ?> polygon = (Map<?, ?>) alternatives.get(1);
        assertThat(((Map<?, ?>) polygon.get("properties")).get("type"))
                .isEqualTo(Map.of("type", "string", "const", "regular-polygon"));
        assertThat(polygon.get("required")).isEqualTo(List.of("type", "sides"));
        assertThat(UnionShape.tag(Models.Circle.class)).isEqualTo("circle");
        Map<?, ?> frame =
                (Map<?, ?>) ((Map<?, ?>) JsonSchemas.of(Models.Drawing.class).get("properties")).get("frame");
        assertThat(((Map<?, ?>) frame.get("properties")).keySet().toString()).isEqualTo("[radius]");
    }

    record Dated(Date date) {}

    record Maybe(OptionalInt number) {}

    record Keyed(Map<Integer, String> map) {}

    record Raw(@SuppressWarnings("rawtypes") List list) {}

    record Generic<T>(T value) {}

    record OfGeneric(Generic<String> generic) {}

    record OfVariable(List<Generic<String>[]> generics) {}

    record Lettered(char letter) {}

    record Linked(ArrayList<String> list) {}

    record Primitive(@org.jspecify.annotations.Nullable Integer fine, Optional<Models.Unit> unit) {}

    sealed interface Clash permits Typed {}

    record Typed(String type) implements Clash {}

    sealed interface Open permits Anything {}

    static non-sealed class Anything implements Open {}

    @ParameterizedTest
    @ValueSource(
            classes = {
                Dated.class,
                Maybe.class,
                Keyed.class,
                Raw.class,
                Generic.class,
                OfGeneric.class,
                OfVariable.class,
                Lettered.class,
                Linked.class,
                Clash.class,
                Open.class,
                Thread.class,
                Runnable.class,
                void.class
            })
    void whatHasNoFormIsRefusedByName(Class<?> type) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> JsonSchemas.of(type))
                .withMessageContaining(" has no form in JSON; ");
    }

    @Test
    void theRefusalNamesThePlaceAndTheCure() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> JsonSchemas.of(Dated.class))
                .withMessage(
                        "the component date of dev.nemotron.schema.JsonSchemasTest$Dated: the type java.util.Date has no form"
                                + " in JSON; use java.time.Instant");
        assertThat(JsonSchemas.of(Primitive.class)).containsEntry("required", List.of());
    }

    @Test
    void typesThatAreNoClassesHaveSchemasToo() throws NoSuchFieldException {
        Type list = Holder.class.getDeclaredField("places").getGenericType();
        assertThat(JsonSchemas.of(list)).containsEntry("type", "array");
        assertThat(RecordReader.read(List.of(Map.of("name", "Rome", "latitude", 41.9)), list))
                .isEqualTo(List.of(new Models.Place("Rome", 41.9, null)));
    }

    private static final class Holder {
        List<? extends Models.Place> places = List.of();
    }
}
