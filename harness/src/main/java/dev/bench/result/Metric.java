package dev.bench.result;

/**
 * Describes one figure that a trial yields. Each measure declares its own.
 *
 * @param id the stored name, which ends in the unit, such as {@code startup.ready_ms}
 * @param unit the unit for people
 * @param better which direction is an improvement
 * @param title a short title for headings
 * @param definition from where to where the figure reaches, as half a sentence; may be empty
 */
public record Metric(String id, String unit, Better better, String title, String definition) {
    /** Says which direction of a metric is an improvement. */
    public enum Better {
        LOWER,
        HIGHER
    }

    /** Declares a metric of which less is better. */
    public static Metric lower(String id, String unit, String title, String definition) {
        return new Metric(id, unit, Better.LOWER, title, definition);
    }

    /** Declares a metric of which more is better. */
    public static Metric higher(String id, String unit, String title, String definition) {
        return new Metric(id, unit, Better.HIGHER, title, definition);
    }
}
