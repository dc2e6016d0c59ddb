package dev.nemotron.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class KernelSelectionTest {

    private final Map<String, String> properties = new HashMap<>(Map.of(
            "java.vm.name", "OpenJDK 64-Bit Server VM",
            "java.vm.version", "25+36-LTS",
            "java.vm.info", "mixed mode, sharing"));

    private @Nullable String refusal(boolean modulePresent) {
        return KernelSelection.refusal(properties::get, modulePresent);
    }

    @Test
    void nothingSpeaksAgainstHotSpotWithTheModule() {
        assertThat(refusal(true)).isNull();
    }

    @Test
    void theTestsRunOnTheSimdKernels() {
        assertThat(KernelSelection.auto().refusal()).isNull();
        assertThat(KernelSelection.auto().kernels().name()).isEqualTo("vector");
        assertThat(KernelSelection.vector().kernels().widthBits()).isGreaterThanOrEqualTo(128);
        assertThat(KernelSelection.scalar().kernels().name()).isEqualTo("scalar");
    }

    @Test
    void aMissingModuleIsToldWithTheFlagThatCuresIt() {
        assertThat(refusal(false)).contains("--add-modules jdk.incubator.vector");
    }

    @Test
    void theSwitchComesFirst() {
        properties.put(KernelSelection.SWITCH, "false");
        assertThat(refusal(false)).contains("nemotron.backend.vector=false").contains("remove it");
    }

    @Test
    void otherCompilersAreRefusedByName() {
        properties.put("java.vm.version", "25+37-jvmci-b01");
        assertThat(refusal(true)).contains("C2").contains("jvmci");
        properties.put("java.vm.version", "25+36-LTS");
        properties.put("java.vm.name", "Eclipse OpenJ9 VM");
        assertThat(refusal(true)).contains("OpenJ9");
    }

    @Test
    void aJvmWithoutItsCompilerIsRefusedWithTheFlagsToRemove() {
        properties.put("java.vm.info", "interpreted mode, sharing");
        assertThat(refusal(true)).contains("-Xint");
        properties.put("java.vm.info", "mixed mode, emulated-client, sharing");
        assertThat(refusal(true)).contains("-XX:TieredStopAtLevel");
    }
}
