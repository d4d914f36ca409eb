package dev.bench.compose;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Orders services so that each comes after what it depends on. */
final class StartOrder {
    private final Map<String, List<String>> dependencies;
    private final Set<String> ordered = new LinkedHashSet<>();

    /**
     * Takes services.
     *
     * @param dependencies names of the services that each depends on, all of which are keys
     */
    StartOrder(Map<String, ? extends Collection<String>> dependencies) {
        this.dependencies = new LinkedHashMap<>();
        dependencies.forEach((name, others) -> this.dependencies.put(name, List.copyOf(others)));
    }

    /** Returns the services of a cycle, the first of which is the last too; empty where there is none. */
    Optional<List<String>> cycle() {
        ordered.clear();
        for (String name : dependencies.keySet()) {
            List<String> found = visit(name, List.of());
            if (!found.isEmpty()) {
                return Optional.of(found);
            }
        }
        return Optional.empty();
    }

    /** Returns the names in order; only where there is no cycle. */
    List<String> order() {
        cycle();
        return List.copyOf(ordered);
    }

    private List<String> visit(String name, List<String> above) {
        List<String> within = new ArrayList<>(above);
        within.add(name);
        if (above.contains(name)) {
            return within.subList(above.indexOf(name), within.size());
        }
        if (!ordered.contains(name)) {
            for (String dependency : dependencies.getOrDefault(name, List.of())) {
                List<String> found = visit(dependency, within);
                if (!found.isEmpty()) {
                    return found;
                }
            }
            ordered.add(name);
        }
        return List.of();
    }
}
