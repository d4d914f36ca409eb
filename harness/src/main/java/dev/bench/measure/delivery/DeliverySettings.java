package dev.bench.measure.delivery;

import dev.bench.plan.MeasureSettings;
import dev.bench.registry.Existing;
import dev.bench.registry.Link;
import org.jspecify.annotations.Nullable;

/**
 * Asks for deliveries.
 *
 * @param changeBytes length of the file that differs from release to release, which cannot be compressed
 * @param link what lies between the registry and whoever pushes and pulls; null for as fast as the kernel is
 * @param registry whose registry it goes by; null for one of the run's own
 */
public record DeliverySettings(
        long changeBytes, @Nullable Link link, @Nullable Existing registry) implements MeasureSettings {
    /** Returns the link in words. */
    String describeLink() {
        return (link == null ? "as fast as this host" : link.describe())
                + (registry == null ? "" : ", and behind it the way to " + registry);
    }
}
