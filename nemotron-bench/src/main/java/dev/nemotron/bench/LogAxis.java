package dev.nemotron.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * An axis on which each factor of ten is as long as any other.
 *
 * @param from the least value, above 0
 * @param to the largest
 * @param begin where the least value is drawn
 * @param end where the largest value is drawn
 */
record LogAxis(double from, double to, double begin, double end) {

    /** Where a value is drawn. */
    double at(double value) {
        return begin + (end - begin) * Math.log(value / from) / Math.log(to / from);
    }

    /** The values of the form 1, 2, … 9 times a power of ten. */
    List<Double> ticks() {
        List<Double> ticks = new ArrayList<>();
        for (int exponent = (int) Math.floor(Math.log10(from)); exponent <= Math.log10(to); exponent++) {
            for (int digit = 1; digit <= 9; digit++) {
                double value = Double.parseDouble(digit + "e" + exponent);
                if (value >= from && value <= to) {
                    ticks.add(value);
                }
            }
        }
        return ticks;
    }

    /** Whether a tick is a power of ten. */
    static boolean isDecade(double tick) {
        return Double.compare(tick, Double.parseDouble("1e" + Math.round(Math.log10(tick)))) == 0;
    }

    /** A power of ten as people write it. */
    static String label(double decade) {
        return decade >= 1 ? String.format(Locale.ROOT, "%,.0f", decade) : Double.toString(decade);
    }
}
