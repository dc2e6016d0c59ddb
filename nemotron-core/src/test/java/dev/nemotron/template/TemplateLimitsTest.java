package dev.nemotron.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nemotron.TemplateException;
import dev.nemotron.template.jinja.TemplateLimits;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TemplateLimitsTest {

    /** A tenth of the usual work, so that the test is quick. */
    private static final TemplateLimits SMALL = new TemplateLimits(1 << 20, 16 << 20, 2_000_000, 1000);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}",
                "{% set ns = namespace(x='ab') %}{% for i in range(99) %}{% set ns.x = ns.x + ns.x %}{% endfor %}",
                "{% set ns = namespace(x=[1]) %}{% for i in range(99) %}{% set ns.x = ns.x + ns.x %}{% endfor %}",
                "{% set ns = namespace(x=[1]) %}{% for i in range(99) %}{% set ns.x = [ns.x, ns.x] %}{% endfor %}{{ ns.x }}",
                "{% set ns = namespace(x=[]) %}{% for i in range(9999) %}{% set ns.x = [ns.x] %}{% endfor %}{{ ns.x }}",
                "{% set ns = namespace(x={}) %}{% for i in range(9999) %}{% set ns.x = {'k': ns.x} %}{% endfor %}",
                "{% set ns = namespace(x=[1]) %}{% for i in range(9999) %}{% set ns.x = ns.x|map('string') %}{% endfor %}",
                "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
                "{% macro a() %}{{ b() }}{% endmacro %}{% macro b() %}{% if true %}{{ a()|upper }}{% endif %}{% endmacro %}{{ a() }}",
                "{% for x in [1] recursive %}{{ loop([1]) }}{% endfor %}",
                "{{ 'a' * 99999999999 }}",
                "{{ [0] * 99999999999 }}",
                "{{ 9 ** 99999 }}",
                "{% set ns = namespace(x=9) %}{% for i in range(99) %}{% set ns.x = ns.x * ns.x %}{% endfor %}",
                "{{ 'a'.center(999999999) }}",
                "{{ 'a'.zfill(999999999) }}",
                "{{ '%999999999s' % 'a' }}",
                "{{ '{:999999999}'.format('a') }}",
                "{{ 'a'|indent(999999999, true) }}",
                "{{ {}|tojson(indent=999999999) }}{{ [[1]]|tojson(indent=999999999) }}",
                "{{ range(99999)|batch(1, 0)|list|length }}{{ [1]|batch(999999999, 0)|list }}",
                "{{ [1]|slice(999999999)|list }}",
                "{% for a in range(99999) %}{{ 'a' * 99999 }}{% endfor %}",
                "{{ ('a' * 9999999).replace('', 'bbbbbbbbbb') }}",
                "{{ ('a' * 9999999)|list|join('bbbbbbbb') }}",
                "{% for i in range(99999) %}{{ ('a' * 999999 ~ 'b') in ('a' * 9999999) }}{% endfor %}"
            })
    void aTemplateThatWantsTooMuchIsStoppedInTime(String template) {
        Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(20),
                () -> assertThatThrownBy(() ->
                                ChatTemplate.compile(template, "greedy", SMALL).render(Map.of()))
                        .isInstanceOf(TemplateException.class)
                        .hasMessageStartingWith("greedy:1:"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"(@)", "[@]", "{'a':@}", "-@", "not @", "f(@)", "x[@]", "1 if @", "1 if x else @", "1 is in(@)"})
    void deepExpressionsAreRefusedBeforeTheStackEnds(String level) {
        String[] parts = level.split("@", -1);
        String source = "{{ " + parts[0].repeat(50_000) + "1" + parts[1].repeat(50_000) + " }}";
        assertThatThrownBy(() -> ChatTemplate.compile(source, "deep"))
                .isInstanceOf(TemplateException.class)
                .hasMessageContaining("nested more than 150 deep, the limit");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{% if x %}", "{% for x in y %}", "{% macro m() %}", "{% set x %}", "{% filter trim %}"})
    void deepStatementsAreRefusedBeforeTheStackEnds(String opening) {
        assertThatThrownBy(() -> ChatTemplate.compile(opening.repeat(20_000), "deep"))
                .isInstanceOf(TemplateException.class)
                .hasMessageContaining("nested more than 150 deep, the limit");
    }

    @ParameterizedTest
    @ValueSource(strings = {".a", "|trim", "[0]", "()", " is string"})
    void longChainsAreRefusedBeforeTheStackEnds(String link) {
        assertThatThrownBy(() -> ChatTemplate.compile("{{ x" + link.repeat(50_000) + " }}", "long"))
                .isInstanceOf(TemplateException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {" + 1", " ~ 1", " and 1", " or 1", " == 1", " * 1", " ** 1"})
    void longChainsOfOperatorsAreFine(String link) {
        String output = ChatTemplate.compile("{{ 1" + link.repeat(20_000) + " }}", "long")
                .render(Map.of());
        assertThat(output).isNotEmpty();
    }

    @Test
    void theLimitsThatAreGivenHold() {
        TemplateLimits limits = new TemplateLimits(40, 10, 1000, 50);
        assertThatThrownBy(() -> ChatTemplate.compile("x".repeat(41), "t", limits))
                .hasMessage("t: 41 characters, but a template may have at most 40 (TemplateLimits.sourceChars)");
        assertThat(ChatTemplate.compile("x".repeat(10), "t", limits).render(Map.of()))
                .hasSize(10);
        assertThatThrownBy(
                        () -> ChatTemplate.compile("x".repeat(11), "t", limits).render(Map.of()))
                .hasMessageContaining("more than 10 characters, the limit");
        assertThatThrownBy(() -> ChatTemplate.compile("{% for x in range(999) %}{% endfor %}", "t", limits)
                        .render(Map.of()))
                .hasMessageContaining("more than 1000 steps of work, the limit");
    }

    @Test
    void anErrorNamesTemplateLineAndColumn() {
        assertThatThrownBy(() ->
                        ChatTemplate.compile("a\n\n  {% if x %}\n {{ y | nosuch }}{% endif %}{{ z | nosuch }}", "t"))
                .hasMessage("t:4:36: No filter named 'nosuch'.");
        assertThatThrownBy(() -> ChatTemplate.compile("\r\n{{ raise_exception('Roles: ' ~ 1) }}", "t")
                        .render(Map.of()))
                .hasMessageStartingWith("t:2:")
                .hasMessageEndingWith(": Roles: 1");
        assertThatThrownBy(() -> ChatTemplate.compile("{{ a.b.c }}", "t").render(Map.of()))
                .hasMessage("t:1:6: 'a' is undefined");
    }

    @Test
    void nothingOfTheHostIsReachable() {
        for (String path : new String[] {"class", "getClass", "__class__", "hashCode", "chars"}) {
            assertThat(ChatTemplate.compile("{{ x." + path + " is defined }}{{ s." + path + " is defined }}", "t")
                            .render(Map.of("x", Map.of(), "s", "text")))
                    .isEqualTo("FalseFalse");
        }
        assertThatThrownBy(() -> ChatTemplate.compile("", "t").render(Map.of("x", new Object())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the variable x holds a java.lang.Object");
    }
}
