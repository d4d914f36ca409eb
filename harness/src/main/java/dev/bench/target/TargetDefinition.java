package dev.bench.target;

import dev.bench.result.SortedMaps;
import java.util.Map;

/**
 * Names a target and its options, every option present and checked against the driver's {@link OptionSpec}s.
 *
 * @param name the name in the scenario
 * @param driver the driver's key
 * @param options option key to value as written; sizes in bytes, paths absolute
 */
public record TargetDefinition(String name, String driver, Map<String, String> options) {
    public TargetDefinition {
        options = SortedMaps.copyOf(options);
    }

    /**
     * Returns the name in a form that can be part of the name of a file or of an instance; different for every target,
     * since a scenario's own names have no full stop.
     */
    public String plainName() {
        return name.replaceAll("[^A-Za-z0-9-]+", ".").replaceAll("\\.$", "");
    }

    /** Returns an option, or the empty string where it was left to be decided at run time. */
    public String option(String key) {
        return options.getOrDefault(key, "");
    }
}
