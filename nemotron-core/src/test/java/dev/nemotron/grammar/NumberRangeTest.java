package dev.nemotron.grammar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nemotron.OutputFormat;
import dev.nemotron.json.Json;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class NumberRangeTest {

    private static final TokenTrie BYTES = Vocabularies.bytes();

    private static BigDecimal bound(Random random) {
        return BigDecimal.valueOf(random.nextInt(2500) - 1250, random.nextInt(3));
    }

    @Property(tries = 250)
    void exactlyTheNumbersOfTheRangeAreAccepted(@ForAll Random random) {
        Map<String, Object> schema = new HashMap<>();
        boolean integers = random.nextBoolean();
        schema.put("type", integers ? "integer" : "number");
        if (random.nextInt(4) > 0) {
            schema.put(random.nextBoolean() ? "minimum" : "exclusiveMinimum", bound(random));
        }
        if (random.nextInt(4) > 0) {
            schema.put(random.nextBoolean() ? "maximum" : "exclusiveMaximum", bound(random));
        }
        if (integers && random.nextInt(3) == 0) {
            schema.put("multipleOf", 1 + random.nextInt(12));
        }
        Grammar grammar;
        try {
            grammar = Grammar.compile(new OutputFormat.JsonSchema(schema), BYTES);
        } catch (UnsupportedSchemaException nothing) {
            assertThat(nothing).hasMessageContaining("nothing satisfies");
            for (int value = -13_000; value < 13_000; value++) {
                assertThat(new SchemaValidator(schema).valid(BigDecimal.valueOf(value, integers ? 0 : 1)))
                        .isFalse();
            }
            return;
        }
        for (int i = 0; i < 400; i++) {
            BigDecimal value = BigDecimal.valueOf(random.nextInt(30_000) - 15_000, integers ? 1 : random.nextInt(4));
            value = integers ? value.setScale(0, java.math.RoundingMode.FLOOR) : value;
            assertThat(Walks.accepts(grammar, value.toPlainString()))
                    .as("%s in %s", value, schema)
                    .isEqualTo(new SchemaValidator(schema).valid(value));
        }
        String walked = Walks.random(grammar, random, 10);
        assertThat(new SchemaValidator(schema).valid(Json.parse(walked, "walk")))
                .as("%s in %s", walked, schema)
                .isTrue();
    }

    @Test
    void numbersAreWrittenInOneWay() {
        Grammar grammar =
                Grammar.compile(OutputFormat.jsonSchema("{\"type\":\"integer\",\"minimum\":0,\"maximum\":50}"), BYTES);
        for (String wrong : new String[] {"00", "07", "-0", "+1", "1.0", "1e1", "1.", "", "-", " 1"}) {
            assertThat(Walks.accepts(grammar, wrong)).as(wrong).isFalse();
        }
    }
}
