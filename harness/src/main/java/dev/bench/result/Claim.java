package dev.bench.result;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * States a published figure that a run puts to the test.
 *
 * @param name what a scenario calls it
 * @param says the sentence, as it was published
 * @param source where it was published
 * @param hardware what it was measured on; empty where it is said of any host
 * @param metric id of the metric that it is about
 * @param over id of the metric that it is divided by; null but for {@link Kind#SHARE}
 * @param kind what is claimed of that metric
 * @param targets whom it is claimed of: one for {@link Kind#ABSOLUTE} and {@link Kind#SHARE}; the numerator and the
 *     denominator for {@link Kind#RATIO}; the smallest first for {@link Kind#ORDER}
 * @param bound what is claimed of the median, of the ratio or of the share; without limits for an order
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Claim(
        String name,
        String says,
        String source,
        String hardware,
        String metric,
        @Nullable String over,
        Kind kind,
        List<String> targets,
        Bound bound) {
    public Claim {
        targets = List.copyOf(targets);
    }

    /** Says what is claimed. */
    public enum Kind {
        /** The median of a target lies within a bound, in the metric's unit. */
        ABSOLUTE,
        /** The ratio of two targets lies within a bound. */
        RATIO,
        /** The ratio of two metrics of one target lies within a bound. */
        SHARE,
        /** Each target is below the next. */
        ORDER
    }
}
