package dev.nemotron.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.nemotron.Description;
import java.io.IOException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ToolMethodTest {

    interface Weather {
        @Description("Tells the weather")
        Report weather(@Description("Name of the city") String city, Optional<Integer> days, @Nullable Boolean exact);
    }

    record Report(String city, List<Double> degrees) {}

    static final class Station implements Weather {

        @Override
        public Report weather(String place, Optional<Integer> days, @Nullable Boolean exact) {
            return new Report(place, List.of(days.orElse(1) * 1.5));
        }

        @Description("Adds")
        static long add(int a, int b) {
            return (long) a + b;
        }

        @Description("Fails")
        void fail(String how) throws IOException {
            throw new IOException(how);
        }

        @Description("Greets")
        String greet() {
            return "hello \"you\"";
        }

        void quiet(Models.Figure figure) {}

        Thread odd() {
            return Thread.currentThread();
        }
    }

    private static ToolMethod tool(String name) {
        Method method = Arrays.stream(Station.class.getDeclaredMethods())
                .filter(candidate -> candidate.getName().equals(name))
                .findFirst()
                .orElseThrow();
        return ToolMethod.of(new Station(), method);
    }

    @Test
    void whatTheModelIsToldComesFromTheMethod() {
        ToolMethod weather = ToolMethod.allOf(new Station()).getLast();
        assertThat(weather.tool().name()).isEqualTo("weather");
        assertThat(weather.tool().description()).isEqualTo("Tells the weather");
        assertThat(JsonText.of(weather.tool().parameters()))
                .isEqualTo("{\"type\":\"object\",\"properties\":{"
                        + "\"city\":{\"type\":\"string\",\"description\":\"Name of the city\"},"
                        + "\"days\":{\"type\":[\"integer\",\"null\"]},\"exact\":{\"type\":[\"boolean\",\"null\"]}},"
                        + "\"required\":[\"city\"],\"additionalProperties\":false}");
    }

    @Test
    void everyDescribedMethodIsATool() {
        assertThat(ToolMethod.allOf(new Station()))
                .extracting(tool -> tool.tool().name())
                .containsExactly("add", "fail", "greet", "weather");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ToolMethod.allOf("text"))
                .withMessageContaining("@Description");
    }

    @Test
    void aCallOfTheModelBecomesACallOfTheMethod() throws Exception {
        assertThat(tool("weather").call("{\"place\": \"Rome\", \"days\": 2}"))
                .isEqualTo("{\"city\":\"Rome\",\"degrees\":[3.0]}");
        assertThat(tool("add").call("{\"a\": 2147483647, \"b\": 1}")).isEqualTo("2147483648");
        assertThat(tool("greet").call("")).isEqualTo("\"hello \\\"you\\\"\"");
        assertThat(tool("quiet").call("{\"figure\": {\"type\": \"circle\", \"radius\": 1}}"))
                .isEqualTo("null");
    }

    @Test
    void staticMethodsNeedNoObject() throws Exception {
        Method add = Station.class.getDeclaredMethod("add", int.class, int.class);
        assertThat(ToolMethod.of(null, add).call("{\"a\": 1, \"b\": 2}")).isEqualTo("3");
        Method greet = Station.class.getDeclaredMethod("greet");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ToolMethod.of(null, greet))
                .withMessageContaining("found null");
    }

    @Test
    void wrongArgumentsAreRefusedInWordsForTheModel() {
        assertThatExceptionOfType(JsonMismatchException.class)
                .isThrownBy(() -> tool("add").call("{\"a\": \"one\", \"b\": 2}"))
                .withMessage(
                        "arguments.a: expected an integer from -2147483648 to 2147483647, found the string \"one\"");
        assertThatExceptionOfType(JsonMismatchException.class)
                .isThrownBy(() -> tool("add").call("{\"a\": 1}"))
                .withMessage("arguments.b: expected a value, since it is required, found nothing");
        assertThatExceptionOfType(JsonMismatchException.class)
                .isThrownBy(() -> tool("add").call("{\"a\": 1"))
                .withMessageStartingWith("arguments: not valid JSON");
        assertThatExceptionOfType(JsonMismatchException.class)
                .isThrownBy(() -> tool("add").call("[]"))
                .withMessage("arguments: expected an object, found a list of 0");
    }

    @Test
    void whatTheMethodThrowsIsThrown() {
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> tool("fail").call("{\"how\": \"badly\"}"))
                .withMessage("badly");
    }

    @Test
    void aResultThatHasNoFormIsRefusedByName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> tool("odd").call("{}"))
                .withMessageContaining("java.lang.Thread has no form in JSON");
    }

    @Test
    void parametersWithoutNamesAreRefusedWithTheCure() throws Exception {
        Method concat = String.class.getMethod("concat", String.class);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ToolMethod.of("a", concat))
                .withMessageContaining("-parameters");
    }

    @Test
    void classesThatAModuleClosesAreRefusedWithTheCure() throws Exception {
        List<String> closed = List.of("a");
        Method get = closed.getClass().getDeclaredMethod("get", int.class);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ToolMethod.of(closed, get))
                .withMessageContaining("opens java.util to dev.nemotron.core");
    }

    @Test
    void twoToolsOfOneNameAreRefused() {
        Object twice = new Object() {
            @Description("One")
            void same(int a) {}

            @Description("Other")
            void same(String a) {}
        };
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ToolMethod.allOf(twice))
                .withMessageContaining("rename");
    }

    @Test
    void valuesOfAllKindsAreWrittenAsJson() {
        assertThat(JsonText.of(Map.of("a", new int[] {1, 2}))).isEqualTo("{\"a\":[1,2]}");
        assertThat(JsonText.of(Arrays.asList(1, null, 'c', 1.5f, Double.NaN, Models.Unit.CELSIUS, Optional.of(true))))
                .isEqualTo("[1,null,\"c\",1.5,\"NaN\",\"CELSIUS\",true]");
        assertThat(JsonText.of(new Models.Circle(1))).isEqualTo("{\"type\":\"circle\",\"radius\":1.0}");
        assertThat(JsonText.of(Map.of())).isEqualTo("{}");
        List<Object> loop = new java.util.ArrayList<>();
        loop.add(loop);
        assertThatIllegalArgumentException().isThrownBy(() -> JsonText.of(loop)).withMessageContaining("64 levels");
    }
}
