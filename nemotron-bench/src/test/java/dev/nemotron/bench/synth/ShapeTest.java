package dev.nemotron.bench.synth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nemotron.arch.ParameterCount;
import dev.nemotron.checkpoint.DType;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The shapes and layouts against the figures of the published models. */
class ShapeTest {

    @ParameterizedTest
    @CsvSource({
        "nemotron-h-4b, 4489223040",
        "nemotron-h-8b, 8100852736",
        "nemotron-h-47b, 46791554816",
        "nemotron-h-56b, 56324350464",
        "nano-12b-v2, 12310001152",
        "nano-9b-v2, 8888227328",
        "nano-4b, 3973556832",
        "nano-30b-a3b, 31577940288",
        "lightning-30b-a3b, 32913266240",
        "super-120b-a12b, 123611033088",
        "ultra-550b-a55b, 560524578816"
    })
    void hasThePublishedNumberOfParameters(String label, long parameters) {
        ParameterCount count = ParameterCount.of(Shape.of(label).sizes());

        long biases = label.startsWith("ultra") ? 0 : count.correctionBiases();
        assertThat(count.trunk() + count.mtp() + biases).isEqualTo(parameters);
    }

    @ParameterizedTest
    @EnumSource(Shape.class)
    void laysOutOneTensorElementForEachParameter(Shape shape) {
        Layout layout = Layout.of(shape, Format.BF16);

        assertThat(layout.tensors().stream().mapToLong(PlannedTensor::elements).sum())
                .isEqualTo(shape.sizes().parameterCount());
        assertThat(layout.tensors().stream().map(PlannedTensor::name)).doesNotHaveDuplicates();
    }

    @Test
    void countsTheTensorsOfTheFourBillionModelAsPublished() {
        assertThat(Layout.of(Shape.NANO_4B, Format.BF16).tensors()).hasSize(263);
    }

    @Test
    void reproducesThePublishedNvfp4ReleaseOfNanoToTheByte() {
        Layout layout = Layout.of(Shape.NANO_30B_A3B, Format.NVFP4);

        assertThat(layout.tensors()).hasSize(24_147);
        assertThat(Synth.weightBytes(Shape.NANO_30B_A3B, Format.NVFP4)).isEqualTo(19_339_781_632L);
        assertThat(excluded(Shape.NANO_30B_A3B, layout))
                .hasSize(60)
                .contains("lm_head", "backbone.layers.4.mixer.in_proj", "backbone.layers.5.mixer.q_proj")
                .doesNotContain("backbone.layers.0.mixer.in_proj", "backbone.embeddings");
    }

    @Test
    void reproducesThePublishedMixedReleaseOfLightning() {
        Layout layout = Layout.of(Shape.LIGHTNING_30B_A3B, Format.NVFP4);

        assertThat(layout.modules().values())
                .filteredOn(encoding -> encoding == Encoding.FP8)
                .hasSize(46);
        assertThat(layout.modules().values())
                .filteredOn(encoding -> encoding == Encoding.W4A16_NVFP4)
                .hasSize(2944 + 2944 + 46 + 1);
        assertThat(excluded(Shape.LIGHTNING_30B_A3B, layout)).hasSize(72).contains("mtp*", "backbone.embeddings");
        assertThat(Synth.weightBytes(Shape.LIGHTNING_30B_A3B, Format.NVFP4))
                .isBetween(21_000_000_000L, 23_000_000_000L);
    }

    @Test
    void leavesTheFirstAndLastBlocksOfTheNineBillionModelUnquantised() {
        Layout layout = Layout.of(Shape.NANO_9B_V2, Format.NVFP4);

        assertThat(excluded(Shape.NANO_9B_V2, layout))
                .hasSize(52)
                .contains("backbone.layers.0.mixer.in_proj", "backbone.layers.55.mixer.down_proj");
    }

    @Test
    void storesTheExpertsOfSuperInFourBitsAndItsDraftHeadInSixteen() {
        Layout layout = Layout.of(Shape.SUPER_120B_A12B, Format.NVFP4);

        assertThat(Synth.weightBytes(Shape.SUPER_120B_A12B, Format.NVFP4)).isBetween(76_000_000_000L, 84_000_000_000L);
        assertThat(dtype(layout, "backbone.layers.1.mixer.experts.0.up_proj.weight"))
                .isEqualTo(DType.U8);
        assertThat(dtype(layout, "mtp.layers.1.mixer.experts.0.up_proj.weight")).isEqualTo(DType.BF16);
    }

    @Test
    void refusesAnUnknownShapeAndListsTheKnownOnes() {
        assertThatThrownBy(() -> Shape.of("nano-3b"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"nano-3b\"")
                .hasMessageContaining("nano-30b-a3b");
    }

    private static DType dtype(Layout layout, String name) {
        return layout.tensors().stream()
                .filter(tensor -> tensor.name().equals(name))
                .findFirst()
                .orElseThrow()
                .dtype();
    }

    private static List<Object> excluded(Shape shape, Layout layout) {
        QuantisationMetadata metadata = QuantisationMetadata.of(shape, layout);
        assertThat(metadata).isNotNull();
        return new ArrayList<>((List<?>) metadata.configKey().get("ignore"));
    }
}
