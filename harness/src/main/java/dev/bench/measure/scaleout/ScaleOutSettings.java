package dev.bench.measure.scaleout;

import dev.bench.plan.MeasureSettings;
import org.jspecify.annotations.Nullable;

/**
 * Asks for many instances at once, for one more beside them, and for the requests they answer together.
 *
 * @param starts how the instances are started
 * @param throughput what they are asked, or null where only starts are measured
 */
public record ScaleOutSettings(Starts starts, @Nullable Throughput throughput) implements MeasureSettings {}
