package dev.nemotron.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.nemotron.json.Json;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RecordReaderTest {

    private static <T> T read(String json, Class<T> type) {
        return RecordReader.read(Json.parse(json, "test"), type);
    }

    private static void assertRefused(String json, Class<?> type, String message) {
        assertThatExceptionOfType(JsonMismatchException.class)
                .isThrownBy(() -> read(json, type))
                .withMessage(message);
    }

    @Test
    void recordsAreReadWithAllThatIsInThem() {
        assertThat(read("{\"name\": \"Rome\", \"latitude\": 42, \"unit\": \"CELSIUS\"}", Models.Place.class))
                .isEqualTo(new Models.Place("Rome", 42, Models.Unit.CELSIUS));
        assertThat(read("{\"name\": \"Rome\", \"latitude\": 41.9, \"unit\": null}", Models.Place.class))
                .isEqualTo(new Models.Place("Rome", 41.9, null));
    }

    @Test
    void sealedInterfacesAreReadByTheNameOfTheRecord() {
        Models.Figure figure = read(
                "{\"type\": \"group\", \"members\": [{\"type\": \"circle\", \"radius\": 1.5},"
                        + " {\"type\": \"RegularPolygon\", \"sides\": 3}]}",
                Models.Figure.class);
        assertThat(figure)
                .isEqualTo(new Models.Group(List.of(new Models.Circle(1.5), new Models.RegularPolygon(3, null))));
    }

    @Test
    void collectionsAreReadAndCannotBeChanged() {
        Models.Collections read = read(
                "{\"list\": [\"a\"], \"set\": [1, 2, 1], \"map\": {\"x\": []}, \"any\": {\"y\": [null]}}",
                Models.Collections.class);
        assertThat(read.set()).isEqualTo(Set.of(1, 2)).isUnmodifiable();
        assertThat(read.list()).isUnmodifiable();
        assertThat(read.map()).containsEntry("x", List.of()).isUnmodifiable();
        assertThat(read.optional()).isEmpty();
        assertThat(read.any()).isInstanceOf(java.util.Map.class);
    }

    @Test
    void arraysAreReadOfAnyDepth() {
        Models.Arrays read =
                read("{\"numbers\": [1, 2], \"texts\": [[\"a\"], []], \"lists\": [[1]]}", Models.Arrays.class);
        assertThat(read.numbers()).containsExactly(1, 2);
        assertThat(read.texts()).isDeepEqualTo(new String[][] {{"a"}, {}});
        assertThat(read.lists()).containsExactly(List.of(1));
    }

    @Test
    void numbersWithoutAFractionAreIntegers() {
        assertThat(read("{\"positive\": 5.0}", Models.Checked.class)).isEqualTo(new Models.Checked(5));
        assertRefused(
                "{\"positive\": 5.5}",
                Models.Checked.class,
                "Checked.positive: expected an integer from -2147483648 to 2147483647, found the number 5.5");
        assertRefused(
                "{\"positive\": 5000000000}",
                Models.Checked.class,
                "Checked.positive: expected an integer from -2147483648 to 2147483647, found the number 5000000000");
        assertRefused("1e300", Float.class, "Float: expected a number, found the number 1.0E300");
        assertRefused("1e400", Double.class, "Double: expected a number, found the number Infinity");
    }

    @Test
    void timesAreReadInTheFormsOfTheirFormats() {
        assertThat(read("\"14:30\"", LocalTime.class)).isEqualTo(LocalTime.of(14, 30));
        assertThat(read("\"14:30:00+02:00\"", LocalTime.class)).isEqualTo(LocalTime.of(14, 30));
        assertThat(read("\"2026-03-31T14:30:00+02:00\"", Instant.class))
                .isEqualTo(Instant.parse("2026-03-31T12:30:00Z"));
        assertThat(read("\"P2W\"", Duration.class)).isEqualTo(Duration.ofDays(14));
        assertThat(read("\"PT1H\"", Duration.class)).isEqualTo(Duration.ofHours(1));
        assertRefused(
                "\"P1Y\"",
                Duration.class,
                "Duration: expected a duration in days or less, like PT1H30M, found the string \"P1Y\"");
        assertRefused("\"1-1-1-1-1\"", java.util.UUID.class, "UUID: expected a UUID, found the string \"1-1-1-1-1\"");
    }

    @Test
    void errorsNameThePathWhatWasExpectedAndWhatWasFound() {
        assertRefused("[]", Models.Place.class, "Place: expected an object, found a list of 0");
        assertRefused(
                "{\"latitude\": 1}",
                Models.Place.class,
                "Place.name: expected a value, since it is required, found nothing");
        assertRefused(
                "{\"name\": null, \"latitude\": 1}", Models.Place.class, "Place.name: expected a string, found null");
        assertRefused(
                "{\"name\": \"a\", \"latitude\": 1, \"x\": 2}",
                Models.Place.class,
                "Place: expected no properties but name, latitude, unit, found \"x\"");
        assertRefused(
                "{\"list\": [\"a\", 5], \"set\": [], \"map\": {}, \"any\": 1}",
                Models.Collections.class,
                "Collections.list[1]: expected a string, found the number 5");
        assertRefused(
                "{\"list\": [], \"set\": [], \"map\": {\"x\": [{\"name\": \"a\", \"latitude\": 1, \"unit\": \"KELVIN\"}]},"
                        + " \"any\": 1}",
                Models.Collections.class,
                "Collections.map.x[0].unit: expected one of CELSIUS, FAHRENHEIT, found the string \"KELVIN\"");
        assertRefused(
                "{\"type\": \"square\"}",
                Models.Figure.class,
                "Figure.type: expected one of circle, regular-polygon, group, found the string \"square\"");
        assertRefused(
                "{}", Models.Figure.class, "Figure.type: expected one of circle, regular-polygon, group, found null");
        assertRefused("null", String.class, "String: expected a string, found null");
        assertRefused("null", Object.class, "Object: expected a value, found null");
    }

    @Test
    void whatAConstructorRefusesIsAMismatch() {
        assertRefused(
                "{\"positive\": -1}", Models.Checked.class, "Checked: Checked refuses its values: not positive: -1");
    }

    @Test
    void aRecordOfASealedInterfaceMayStandForItself() {
        assertThat(read("{\"radius\": 1}", Models.Circle.class)).isEqualTo(new Models.Circle(1));
        assertThat(read("{\"type\": \"circle\", \"radius\": 1}", Models.Circle.class))
                .isEqualTo(new Models.Circle(1));
        assertThat(read(
                                "{\"from\": {\"name\": \"a\", \"latitude\": 1}, \"to\": {\"name\": \"b\", \"latitude\": 2}}",
                                Models.Trip.class)
                        .stop())
                .isEqualTo(Optional.empty());
    }
}
