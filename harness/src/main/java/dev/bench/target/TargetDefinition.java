package dev.bench.target;

import java.util.Map;

/**
 * Names a target and its options, every option present and checked against the driver's {@link OptionSpec}s.
 *
 * @param name the name in the scenario
 * @param engine the driver's key
 * @param options option key to value as written; sizes in bytes, paths absolute
 */
public record TargetDefinition(String name, String engine, Map<String, String> options) {
    public TargetDefinition {
        options = Map.copyOf(options);
    }

    /** Returns an option, or the empty string where it was left to be decided at run time. */
    public String option(String key) {
        return options.getOrDefault(key, "");
    }
}
