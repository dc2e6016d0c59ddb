package dev.nemotron.arch;

import static dev.nemotron.arch.PublishedConfigs.MTP;
import static dev.nemotron.arch.PublishedConfigs.dense;
import static dev.nemotron.arch.PublishedConfigs.parse;
import static dev.nemotron.arch.PublishedConfigs.sparse;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ParameterCountTest {

    static Stream<Arguments> published() {
        return Stream.of(
                model(
                        "Nemotron-H-4B",
                        dense(PublishedConfigs.H_8B, 3072, 32, 112, 64, 128, 12_288),
                        52,
                        24,
                        4,
                        4_489_223_040L),
                model(
                        "Nemotron-H-8B",
                        dense(PublishedConfigs.H_8B, 4096, 32, 128, 64, 128, 21_504),
                        52,
                        24,
                        4,
                        8_100_852_736L),
                model(
                        "Nemotron-H-47B",
                        dense(PublishedConfigs.H_47B, 8192, 64, 256, 64, 256, 30_720),
                        98,
                        45,
                        5,
                        46_791_554_816L),
                model(
                        "Nemotron-H-56B",
                        dense(PublishedConfigs.H_56B, 8192, 64, 256, 64, 256, 32_768),
                        118,
                        54,
                        10,
                        56_324_350_464L),
                model(
                        "Nano-12B-v2",
                        dense(PublishedConfigs.V2_12B, 5120, 40, 128, 80, 128, 20_480),
                        62,
                        28,
                        6,
                        12_310_001_152L),
                model(
                        "Nano-9B-v2",
                        dense(PublishedConfigs.V2_9B, 4480, 40, 128, 80, 128, 15_680),
                        56,
                        27,
                        4,
                        8_888_227_328L),
                model(
                        "Nemotron-3-Nano-4B",
                        dense(PublishedConfigs.N3_4B, 3136, 40, 96, 80, 128, 12_544),
                        42,
                        21,
                        4,
                        3_973_556_832L),
                model("Nemotron-3-Nano-30B", nano30(), 52, 23, 6, 31_577_937_344L + 2944),
                model("Nemotron-3.5-Lightning-30B", nano30() + MTP, 52, 23, 6, 32_913_266_240L),
                model("Nemotron-3-Super-120B", superModel(), 88, 40, 8, 123_611_033_088L));
    }

    private static Arguments model(String name, String keys, int layers, int mamba, int attention, long parameters) {
        return Arguments.of(name, keys, layers, mamba, attention, parameters);
    }

    private static String nano30() {
        return sparse(PublishedConfigs.N3_30B, 2688, 32, 64, 128, 6, 1856, "null");
    }

    private static String superModel() {
        return sparse(PublishedConfigs.SUPER, 4096, 32, 128, 512, 22, 2688, "1024") + MTP;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("published")
    void theCountIsThePublishedOne(String name, String keys, int layers, int mamba, int attention, long parameters) {
        NemotronHConfig config = parse(keys);
        assertThat(config.blocks()).hasSize(layers);
        assertThat(Collections.frequency(config.blocks(), BlockKind.MAMBA)).isEqualTo(mamba);
        assertThat(Collections.frequency(config.blocks(), BlockKind.ATTENTION)).isEqualTo(attention);
        assertThat(config.parameterCount()).as(name).isEqualTo(parameters);
    }

    @Test
    void superIsCountedPartByPart() {
        assertThat(ParameterCount.of(parse(superModel())))
                .isEqualTo(new ParameterCount(120_668_687_360L, 2_942_324_736L, 20_992));
    }

    @Test
    void nano30BHasItsBiasesInFp32() {
        assertThat(ParameterCount.of(parse(nano30()))).isEqualTo(new ParameterCount(31_577_937_344L, 0, 2944));
    }

    @Test
    void ultraIsCountedPartByPart() {
        String keys = sparse(PublishedConfigs.ULTRA, 8192, 64, 256, 512, 22, 5120, "2048") + MTP;
        ParameterCount count = ParameterCount.of(parse(keys));
        assertThat(count.trunk()).isEqualTo(549_308_968_960L);
        assertThat(count.mtp()).isEqualTo(11_215_609_856L);
        assertThat(count.correctionBiases()).isEqualTo(49 * 512);
    }

    @Test
    void derivedSizesAreThoseOfTheTable() {
        MambaConfig mamba = parse(dense(PublishedConfigs.V2_9B, 4480, 40, 128, 80, 128, 15_680))
                .mamba();
        assertThat(mamba.innerWidth()).isEqualTo(10_240);
        assertThat(mamba.convolutionChannels()).isEqualTo(12_288);
        assertThat(mamba.projectionWidth()).isEqualTo(22_656);
    }
}
