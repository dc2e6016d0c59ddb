package dev.nemotron.backend.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class RowPartsTest {

    @Property
    void partsCoverEveryRowOnceAndBeginAtPanels(
            @ForAll @IntRange(min = 1, max = 140_000) int rows,
            @ForAll @IntRange(min = 1, max = 128) int matrices,
            @ForAll @IntRange(min = 1, max = 300) int inputs,
            @ForAll @IntRange(min = 1, max = 256) int threads) {
        int size = RowParts.size(rows, matrices, inputs, threads);
        int parts = Math.ceilDiv(rows, size);
        assertThat(size).isPositive();
        assertThat(size % RowParts.ALIGNED).isZero();
        assertThat((parts - 1) * size).isLessThan(rows);
        assertThat(parts * size).isGreaterThanOrEqualTo(rows);
    }

    @Property
    void kernelsGetWholePartsAndEveryThreadOneWhereThereAreRowsEnough(
            @ForAll @IntRange(min = 0, max = 100_000) int more,
            @ForAll @IntRange(min = 1, max = 128) int matrices,
            @ForAll @IntRange(min = 1, max = 300) int inputs,
            @ForAll @IntRange(min = 1, max = 256) int threads) {
        int rows = Math.ceilDiv(RowParts.WHOLE * threads, matrices) + more;
        int size = RowParts.size(rows, matrices, inputs, threads);
        assertThat(size % RowParts.WHOLE).isZero();
        assertThat(matrices * Math.ceilDiv(rows, size)).isGreaterThanOrEqualTo(threads);
    }

    @Property
    void fewRowsAreSpreadAsFarAsPanelsAllowAndDoneInOneRound(
            @ForAll @IntRange(min = 2, max = 256) int threads,
            @ForAll @IntRange(min = 1, max = 300) int inputs,
            @ForAll @IntRange(min = 1, max = 24_000) int wanted) {
        int rows = Math.min(wanted, RowParts.WHOLE * threads - 1);
        int size = RowParts.size(rows, 1, inputs, threads);
        assertThat(Math.ceilDiv(rows, size)).isLessThanOrEqualTo(threads);
        assertThat((size - RowParts.ALIGNED) * threads).isLessThan(rows);
    }

    @Property
    void chosenExpertsShareTheThreads(@ForAll @IntRange(min = 1, max = 48) int threads) {
        assertThat(RowParts.size(1856, 6, 1, threads) % RowParts.WHOLE).isZero();
    }
}
