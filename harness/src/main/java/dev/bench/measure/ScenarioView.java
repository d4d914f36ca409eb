package dev.bench.measure;

import dev.bench.grammar.YamlMap;
import dev.bench.workload.ImageSource;
import dev.bench.workload.Readiness;
import dev.bench.workload.Stack;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Shows a measure the scenario around its settings, where faults can be noted.
 *
 * @param top the whole scenario
 * @param workload what is behind its key {@code workload}
 * @param readiness what counts as ready
 * @param image where the workload's image comes from
 * @param stack the services of an application, or null for a single program
 * @param directory what paths are taken from, absolute
 */
public record ScenarioView(
        YamlMap top,
        YamlMap workload,
        Readiness readiness,
        ImageSource image,
        @Nullable Stack stack,
        Path directory) {}
