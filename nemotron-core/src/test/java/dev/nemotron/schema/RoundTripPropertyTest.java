package dev.nemotron.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nemotron.json.Json;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class RoundTripPropertyTest {

    private static <T> void requireSame(T value, Class<T> type) {
        assertThat(RecordReader.read(Json.parse(JsonText.of(value), "test"), type))
                .isEqualTo(value);
    }

    @Property
    void numbersComeBack(
            @ForAll byte small,
            @ForAll short medium,
            @ForAll int usual,
            @ForAll long large,
            @ForAll BigInteger huge,
            @ForAll float single,
            @ForAll double twice,
            @ForAll boolean truth) {
        BigDecimal exact = BigDecimal.valueOf(twice);
        Models.Numbers numbers =
                new Models.Numbers(small, medium, usual, large, huge, single + 0f, twice + 0.0, exact, truth);
        Models.Numbers read = RecordReader.read(Json.parse(JsonText.of(numbers), "test"), Models.Numbers.class);
        assertThat(read.exact()).isEqualByComparingTo(exact);
        assertThat(new Models.Numbers(
                        read.small(),
                        read.medium(),
                        read.usual(),
                        read.large(),
                        read.huge(),
                        read.single(),
                        read.twice(),
                        exact,
                        read.truth()))
                .isEqualTo(numbers);
    }

    @Property
    void timesComeBack(@ForAll int seconds, @ForAll long nanos, @ForAll long id) {
        Instant instant = Instant.ofEpochSecond(seconds, Math.floorMod(nanos, 1_000_000_000L));
        OffsetDateTime moment = instant.atOffset(ZoneOffset.ofHours(seconds % 12));
        requireSame(
                new Models.Times(
                        LocalDate.ofEpochDay(seconds % 100_000),
                        LocalTime.ofNanoOfDay(Math.floorMod(nanos, 86_400_000_000_000L)),
                        moment,
                        instant,
                        Duration.ofNanos(nanos),
                        new UUID(id, nanos),
                        URI.create("https://example.org/" + seconds)),
                Models.Times.class);
    }

    @Property
    void textsComeBack(@ForAll List<String> list, @ForAll String text) {
        requireSame(
                new Models.Collections(
                        list, java.util.Set.of(1), java.util.Map.of(text, List.of()), Optional.of(text), text),
                Models.Collections.class);
    }

    @Provide
    Arbitrary<Models.Figure> figures() {
        return Arbitraries.lazyOf(
                () -> Arbitraries.doubles().map(Models.Circle::new),
                () -> Combinators.combine(
                                Arbitraries.integers(), Arbitraries.strings().injectNull(0.3))
                        .as(Models.RegularPolygon::new),
                () -> figures().list().ofMaxSize(3).map(Models.Group::new));
    }

    @Property(tries = 300)
    void figuresComeBack(@ForAll("figures") Models.Figure figure) {
        requireSame(figure, Models.Figure.class);
    }

    @Provide
    Arbitrary<Models.Tree> trees() {
        return Arbitraries.lazyOf(
                () -> Arbitraries.strings().map(label -> new Models.Tree(label, List.of())),
                () -> Combinators.combine(Arbitraries.strings(), trees().list().ofMaxSize(3))
                        .as(Models.Tree::new));
    }

    @Property(tries = 300)
    void treesComeBack(@ForAll("trees") Models.Tree tree) {
        requireSame(tree, Models.Tree.class);
    }
}
