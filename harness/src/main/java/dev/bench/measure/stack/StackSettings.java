package dev.bench.measure.stack;

import dev.bench.plan.MeasureSettings;
import org.jspecify.annotations.Nullable;

/**
 * Asks for an application to be brought up and taken down.
 *
 * @param change name of the service whose image is changed in between, or null for none
 * @param early whether a health check that asks on the network is executed as soon as its service accepts connections, not
 *     only at its interval
 */
public record StackSettings(@Nullable String change, boolean early) implements MeasureSettings {}
