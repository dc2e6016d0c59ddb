package dev.nemotron.schema;

import dev.nemotron.Description;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Types of applications, for tests. */
final class Models {

    private Models() {}

    enum Unit {
        CELSIUS,
        FAHRENHEIT
    }

    @Description("A place on earth")
    record Place(
            @Description("Its name") String name,
            double latitude,
            @Nullable Unit unit) {}

    record Numbers(
            byte small,
            short medium,
            int usual,
            long large,
            BigInteger huge,
            float single,
            double twice,
            BigDecimal exact,
            boolean truth) {}

    record Times(
            LocalDate date,
            LocalTime time,
            OffsetDateTime moment,
            Instant instant,
            Duration duration,
            UUID id,
            URI address) {}

    record Collections(
            List<String> list, Set<Integer> set, Map<String, List<Place>> map, Optional<String> optional, Object any) {}

    record Arrays(int[] numbers, String[][] texts, List<Integer>[] lists) {}

    record Trip(
            Place from,
            Place to,
            @Description("Where to sleep") Optional<Place> stop) {}

    record Tree(String label, List<Tree> children) {}

    sealed interface Figure permits Circle, Polygon, Group {}

    record Circle(double radius) implements Figure {}

    sealed interface Polygon extends Figure permits RegularPolygon {}

    record RegularPolygon(int sides, @Nullable String color) implements Polygon {}

    record Group(List<Figure> members) implements Figure {}

    record Drawing(Figure figure, Circle frame) {}

    record Checked(int positive) {
        Checked {
            if (positive <= 0) {
                throw new IllegalArgumentException("not positive: " + positive);
            }
        }
    }
}
