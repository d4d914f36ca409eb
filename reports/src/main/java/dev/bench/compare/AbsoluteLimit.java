package dev.bench.compare;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.bench.analysis.OrderStatistics;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Holds a figure to a limit that does not depend on any baseline. A rule of its own kind, beside {@link GateRule}.
 *
 * @param measure name of what is measured
 * @param min least median accepted, or null
 * @param max largest median accepted, or null
 */
public record AbsoluteLimit(
        String measure, @Nullable Double min, @Nullable Double max) {
    /** Requires at least one limit, and a least that is no larger than the largest. */
    public AbsoluteLimit {
        if (min == null && max == null) {
            throw new IllegalArgumentException(measure + ": a limit needs min or max");
        }
        if (min != null && max != null && min > max) {
            throw new IllegalArgumentException(measure + ": min " + min + " is larger than max " + max);
        }
    }

    /** Says whether a limit was kept. */
    public enum Standing {
        /** The interval of the median lies within the limit. */
        KEPT,
        /** The interval of the median lies beyond the limit. */
        BROKEN,
        /** The interval holds the limit, or there is none. */
        INCONCLUSIVE;

        /** Returns the stored word. */
        @JsonValue
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Judges the interval of the median of values, in any order, in the unit of the limit. */
    public Standing judge(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        OrderStatistics.@Nullable Interval interval =
                OrderStatistics.medianInterval(sorted).orElse(null);
        if (interval == null) {
            return Standing.INCONCLUSIVE;
        }
        if ((max != null && interval.low() > max) || (min != null && interval.high() < min)) {
            return Standing.BROKEN;
        }
        boolean kept = (max == null || interval.high() <= max) && (min == null || interval.low() >= min);
        return kept ? Standing.KEPT : Standing.INCONCLUSIVE;
    }
}
