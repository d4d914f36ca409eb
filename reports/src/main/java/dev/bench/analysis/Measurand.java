package dev.bench.analysis;

import dev.bench.result.Metric;
import org.jspecify.annotations.Nullable;

/**
 * Says what was measured, whichever tool measured it.
 *
 * @param id name by which two results are matched
 * @param unit unit for people; the empty string where it is not known
 * @param better which direction is an improvement, or null where that is not known
 * @param title short title for headings
 * @param definition from where to where it reaches, as half a sentence
 */
public record Measurand(String id, String unit, Metric.@Nullable Better better, String title, String definition) {
    /** Returns the unit behind some words; the empty string where it is not known. */
    public String unitAfter(String words) {
        return unit.isEmpty() ? "" : words + unit;
    }

    /** Says which direction is an improvement, as half a sentence. */
    public String direction() {
        if (better == null) {
            return "which direction is better is not known";
        }
        return switch (better) {
            case LOWER -> "lower is better";
            case HIGHER -> "higher is better";
        };
    }
}
