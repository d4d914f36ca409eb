package dev.bench.scenario;

import dev.bench.target.TargetDefinition;
import dev.bench.workload.ImageSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Says how the baseline of a gate differs from what is judged.
 *
 * @param image the baseline's image, or null where it is the same
 * @param options option key to the baseline's value, checked as a target's are
 */
public record Baseline(@Nullable ImageSource image, Map<String, String> options) {
    public Baseline {
        options = Collections.unmodifiableMap(new TreeMap<>(options));
    }

    /** Returns a baseline that is not named. */
    public static Baseline none() {
        return new Baseline(null, Map.of());
    }

    /** Returns whether nothing was named. */
    public boolean isEmpty() {
        return image == null && options.isEmpty();
    }

    /**
     * Returns the baseline of a target; empty where the target has nothing that the baseline names.
     *
     * @param name the name of the baseline as a target
     */
    public Optional<TargetDefinition> of(TargetDefinition target, String name) {
        Map<String, String> changed = new HashMap<>(target.options());
        boolean touched = image != null;
        for (Map.Entry<String, String> option : options.entrySet()) {
            touched |= changed.replace(option.getKey(), option.getValue()) != null;
        }
        return touched ? Optional.of(new TargetDefinition(name, target.driver(), changed)) : Optional.empty();
    }

    /** Says which option none of the targets has, and which they have; empty where there is none such. */
    public Optional<String> problem(List<TargetDefinition> targets) {
        return options.keySet().stream()
                .filter(key ->
                        targets.stream().noneMatch(target -> target.options().containsKey(key)))
                .findFirst()
                .map(key -> "no target has the option '" + key + "'; " + listed(targets));
    }

    private static String listed(List<TargetDefinition> targets) {
        List<String> all = new ArrayList<>();
        for (TargetDefinition target : targets) {
            List<String> keys = target.options().keySet().stream().sorted().toList();
            all.add(target.name() + " has " + (keys.isEmpty() ? "none" : String.join(", ", keys)));
        }
        return String.join("; ", all);
    }

    /** Returns what differs, in words. */
    public String describe() {
        List<String> parts = new ArrayList<>();
        if (image != null) {
            parts.add("image " + image.describe());
        }
        options.forEach((key, value) -> parts.add(key + " " + value));
        return String.join(", ", parts);
    }
}
