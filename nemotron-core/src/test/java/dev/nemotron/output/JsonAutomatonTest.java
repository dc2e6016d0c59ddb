package dev.nemotron.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class JsonAutomatonTest {

    private static boolean isJson(String text) {
        return JsonArguments.normalized(text) != null;
    }

    @Test
    void jsonIsTaken() {
        for (String json : List.of(
                "{}",
                "[]",
                " { \"a\" : [ 1 , -2.5e+3, 0, true, false, null ] } ",
                "\"\\u00e9\\n\"",
                "-0.0",
                "1E5",
                "[[],{}]")) {
            assertThat(isJson(json)).as(json).isTrue();
        }
    }

    @Test
    void everythingElseIsRefused() {
        for (String text : List.of(
                "",
                "{",
                "[1,]",
                "{\"a\"}",
                "{\"a\":}",
                "{a:1}",
                "01",
                "1.",
                ".5",
                "1e",
                "+1",
                "tru",
                "truex",
                "\"a",
                "\"\\x\"",
                "\"\\u12g4\"",
                "{} {}",
                "[1 2]",
                "]",
                "{]",
                "NaN",
                "--1",
                "{\"a\":1,}",
                "\"\\u١١١١\"",
                "\u00a01")) {
            assertThat(isJson(text)).as(text).isFalse();
        }
    }

    @Test
    void limitsOfDepthAndDigitsHold() {
        int depth = JsonAutomaton.MOST_DEPTH;
        assertThat(isJson("[".repeat(depth) + "]".repeat(depth))).isTrue();
        assertThat(isJson("[".repeat(depth + 1) + "]".repeat(depth + 1))).isFalse();
        assertThat(isJson("9".repeat(JsonAutomaton.MOST_DIGITS))).isTrue();
        assertThat(isJson("9".repeat(JsonAutomaton.MOST_DIGITS + 1))).isFalse();
    }

    @Test
    void atEveryPointWhatWasPassedOnCanBeClosed() {
        String json = "{\"a\": {\"b\\n\": [1, {\"c\": \"x\\u0041\\\"y😀\"}, [], true]}, \"d\": -1.5e3}";
        for (int end = 1; end <= json.length(); end++) {
            JsonArguments arguments = new JsonArguments();
            StringBuilder passed = new StringBuilder();
            for (char c : json.substring(0, end).toCharArray()) {
                assertThat(arguments.accept(c)).isTrue();
                passed.append(arguments.drain());
            }
            assertThat(isJson(passed + arguments.closers()))
                    .as(passed.toString())
                    .isTrue();
        }
    }
}
