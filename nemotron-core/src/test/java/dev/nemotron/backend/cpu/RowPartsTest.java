package dev.nemotron.backend.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class RowPartsTest {

    @Property
    void partsCoverEveryRowOnceAndBeginAtPanels(
            @ForAll @IntRange(min = 1, max = 140_000) int rows,
            @ForAll @IntRange(min = 1, max = 128) int matrices,
            @ForAll @IntRange(min = 1, max = 256) int threads) {
        int size = RowParts.size(rows, matrices, threads);
        coversEveryRowOnceAndBeginsAtPanels(rows, size);
        coversEveryRowOnceAndBeginsAtPanels(rows, RowParts.forPrompts(rows, threads));
    }

    private static void coversEveryRowOnceAndBeginsAtPanels(int rows, int size) {
        int parts = Math.ceilDiv(rows, size);
        assertThat(size).isPositive();
        assertThat(size % RowParts.ALIGNED).isZero();
        assertThat((parts - 1) * size).isLessThan(rows);
        assertThat(parts * size).isGreaterThanOrEqualTo(rows);
    }

    @Property
    void kernelsGetWholePartsAndNoThreadMuchMoreThanItsShareWhereThereAreRowsEnough(
            @ForAll @IntRange(min = 0, max = 100_000) int more,
            @ForAll @IntRange(min = 1, max = 128) int matrices,
            @ForAll @IntRange(min = 1, max = 256) int threads) {
        int rows = Math.ceilDiv(RowParts.WHOLE * threads, matrices) + more;
        int size = RowParts.size(rows, matrices, threads);
        assertThat(size % RowParts.WHOLE).isZero();
        int most = Math.ceilDiv(matrices * Math.ceilDiv(rows, size), threads) * (size / RowParts.WHOLE);
        int share = Math.ceilDiv(matrices * Math.ceilDiv(rows, RowParts.WHOLE), threads);
        assertThat(most).isLessThanOrEqualTo(share + share / 4 + 1);
    }

    @Property
    void fewRowsAreSpreadAsFarAsPanelsAllowAndDoneInOneRound(
            @ForAll @IntRange(min = 2, max = 256) int threads, @ForAll @IntRange(min = 1, max = 24_000) int wanted) {
        int rows = Math.min(wanted, RowParts.WHOLE * threads - 1);
        int size = RowParts.size(rows, 1, threads);
        assertThat(Math.ceilDiv(rows, size)).isLessThanOrEqualTo(threads);
        assertThat((size - RowParts.ALIGNED) * threads).isLessThan(rows);
    }

    @Example
    void twoThreadsGetTheSameOfTheCommonShapes() {
        assertThat(RowParts.size(10_304, 1, 2)).isEqualTo(9 * RowParts.WHOLE);
        assertThat(RowParts.size(2_688, 1, 2)).isEqualTo(7 * RowParts.WHOLE);
        assertThat(RowParts.size(3_712, 1, 2)).isEqualTo(5 * RowParts.WHOLE);
        assertThat(RowParts.size(1_856, 6, 2)).isEqualTo(10 * RowParts.WHOLE);
    }
}
