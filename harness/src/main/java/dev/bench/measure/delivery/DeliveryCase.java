package dev.bench.measure.delivery;

import dev.bench.result.Metric;
import java.util.Locale;

/** Says what is delivered, and what is there already. */
public enum DeliveryCase {
    /** A release where nothing of it is, in the registry or beyond. */
    FIRST,
    /** The next one, where the first is. */
    CHANGED,
    /** The same once more. */
    UNCHANGED;

    /** Returns the word for it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns what a metric is called here: the first delivery has the metrics themselves. */
    public Metric of(Metric metric) {
        return this == FIRST ? metric : metric.of(label());
    }
}
