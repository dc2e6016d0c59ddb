package dev.nemotron.arch;

import dev.nemotron.json.JsonObject;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The range to which a Mamba-2 mixer clamps its time step after softplus. Not to be confused with {@code time_step_min}
 * and its kin, which served initialisation only.
 *
 * @param min the smallest time step
 * @param max the largest, often infinite
 */
public record TimeStepLimit(float min, float max) {

    /** No limit: a time step is positive anyway. */
    public static final TimeStepLimit NONE = new TimeStepLimit(0, Float.POSITIVE_INFINITY);

    /** Reads a list of two numbers; infinity is written in four ways, of which 1e308 becomes infinite as a float. */
    static TimeStepLimit parse(ConfigKeys keys) {
        JsonObject json = keys.json();
        String key = json.firstPresent("time_step_limit", "mamba_dt_limit");
        List<@Nullable Object> list = json.list(key);
        if (list == null) {
            return NONE;
        }
        double min = list.size() == 2 ? number(list.get(0)) : Double.NaN;
        double max = list.size() == 2 ? number(list.get(1)) : Double.NaN;
        if (!(min >= 0 && min <= max && max > 0)) {
            throw json.wrong(key, "a list of two numbers, the first from 0 to the second", list);
        }
        return new TimeStepLimit((float) min, (float) max);
    }

    private static double number(@Nullable Object item) {
        return switch (item) {
            case Number number -> number.doubleValue();
            case Map<?, ?> map when "Infinity".equals(map.get("__float__")) -> Double.POSITIVE_INFINITY;
            case null, default -> Double.NaN;
        };
    }
}
