package dev.bench.measure.isolation;

import dev.bench.plan.MeasureSettings;
import java.time.Duration;

/**
 * Asks for what is traced of an instance.
 *
 * @param requests HTTP requests that are the load; 0 for none
 * @param idle how long it is traced idle, and how long the control without an instance lasts
 */
public record IsolationSettings(int requests, Duration idle) implements MeasureSettings {}
