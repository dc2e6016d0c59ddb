package dev.nemotron.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModulePatternTest {

    @ParameterizedTest
    @CsvSource({
        "lm_head, lm_head, true",
        "lm_head, language_model.lm_head, true",
        "lm_head, lm, false",
        "mtp*, mtp, true",
        "mtp*, mtp.layers.0.eh_proj, true",
        "mtp*, backbone.mtp, false",
        "backbone.layers.1.*, backbone.layers.1.mixer.up_proj, true",
        "backbone.layers.1.*, backbone.layers.10.mixer, false",
        "*.mixer.conv1d, backbone.layers.4.mixer.conv1d, true",
        "*.conv?d, a.conv1d, true",
        "*.conv?d, a.convd, false",
        "*a*b*a, aba, true",
        "*a*b*a, abb, false",
        "re:.*gate$, backbone.layers.1.mixer.gate, true",
        "re:gate, backbone.layers.1.mixer.gate, false",
        "re:.*\\.mixer\\.[qkv]_proj, l.3.mixer.q_proj, true",
        "re:(, a, false",
        "'', a, false"
    })
    void anEntryMeansAModuleByNamePatternExpressionOrPart(String pattern, String module, boolean expected) {
        assertThat(ModulePattern.matches(pattern, module)).isEqualTo(expected);
    }

    @Test
    void patternsThatBacktrackWithoutEndGiveUp() {
        Assertions.assertTimeout(Duration.ofSeconds(5), () -> {
            assertThat(ModulePattern.matches("re:(a+)+$", "a".repeat(200) + "b"))
                    .isFalse();
            assertThat(ModulePattern.matches("re:(a|aa)+$", "a".repeat(500) + "b"))
                    .isFalse();
            assertThat(ModulePattern.matches("*a".repeat(2000) + "b", "a".repeat(4000)))
                    .isFalse();
        });
    }

    @Test
    void expressionsThatNestWithoutEndGiveUp() {
        assertThat(ModulePattern.matches("re:" + "(".repeat(100_000), "a")).isFalse();
        assertThat(ModulePattern.matches("re:(.|a)*", "a".repeat(4000))).isFalse();
    }
}
