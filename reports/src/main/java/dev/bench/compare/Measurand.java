package dev.bench.compare;

import dev.bench.result.Metric;

/**
 * Says what was measured, whichever tool measured it.
 *
 * @param id name by which two results are matched
 * @param unit unit for people
 * @param better which direction is an improvement
 * @param title short title for headings
 * @param definition from where to where it reaches, as half a sentence
 */
public record Measurand(String id, String unit, Metric.Better better, String title, String definition) {
    /** Returns a metric of a launch. */
    static Measurand of(Metric metric) {
        return new Measurand(metric.id(), metric.unit(), metric.better(), metric.title(), metric.definition());
    }
}
