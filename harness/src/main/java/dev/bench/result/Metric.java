package dev.bench.result;

import java.util.Optional;

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

    /**
     * Returns the metric of one of several things of the same kind.
     *
     * @param member its name, of letters, digits and hyphens
     */
    public Metric of(String member) {
        return new Metric(id + "." + member, unit, better, title + ": " + member, definition);
    }

    /** Finds the member of a title; empty where it is that of none. */
    public Optional<Metric> titled(String member) {
        return member.startsWith(title + ": ")
                ? Optional.of(of(member.substring(title.length() + 2)))
                : Optional.empty();
    }

    /** Finds the member that an id names; empty where it names none. */
    public Optional<Metric> member(String name) {
        return name.startsWith(id + ".") && name.substring(id.length() + 1).matches("[A-Za-z0-9-]+")
                ? Optional.of(of(name.substring(id.length() + 1)))
                : Optional.empty();
    }

    /** Declares a metric of which more is better. */
    public static Metric higher(String id, String unit, String title, String definition) {
        return new Metric(id, unit, Better.HIGHER, title, definition);
    }
}
