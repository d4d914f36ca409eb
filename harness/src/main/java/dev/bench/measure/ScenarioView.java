package dev.bench.measure;

import dev.bench.grammar.YamlMap;
import dev.bench.workload.Readiness;

/**
 * Shows a measure the scenario around its settings, where faults can be noted.
 *
 * @param top the whole scenario
 * @param workload what is behind its key {@code workload}
 * @param readiness what counts as ready
 */
public record ScenarioView(YamlMap top, YamlMap workload, Readiness readiness) {}
