package dev.bench.measure.startup;

import dev.bench.plan.MeasureSettings;

/** Holds the settings of startup, which has none of its own. */
public record StartupSettings() implements MeasureSettings {}
