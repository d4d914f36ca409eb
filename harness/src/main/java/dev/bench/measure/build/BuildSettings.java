package dev.bench.measure.build;

import dev.bench.plan.MeasureSettings;
import java.util.List;

/**
 * Asks for builds.
 *
 * @param changes each made to files that have just been built, at least one, with names that differ
 * @param start whether an instance of what was built is started after every change
 */
public record BuildSettings(List<Change> changes, boolean start) implements MeasureSettings {
    public BuildSettings {
        changes = List.copyOf(changes);
    }
}
