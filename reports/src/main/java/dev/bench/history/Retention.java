package dev.bench.history;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides which results may go. A result stays where any rule keeps it; a baseline always does.
 *
 * @param keepLast keeps so many of the newest complete results of each scenario and host class, and the partial ones
 *     that are no older; null where there is no such rule
 * @param keepDays keeps results that are no older than so many days; null where there is no such rule
 */
public record Retention(
        @Nullable Integer keepLast, @Nullable Integer keepDays) {
    /** Returns what no rule keeps, oldest first; the results are given oldest first. */
    public List<Catalogue.Stored> removable(List<Catalogue.Stored> results, Instant now) {
        Set<String> kept = new HashSet<>();
        Integer days = keepDays;
        for (Catalogue.Stored stored : results) {
            if (stored.run().baseline()
                    || (days != null && !stored.run().time().isBefore(now.minus(Duration.ofDays(days))))) {
                kept.add(stored.run().name());
            }
        }
        Integer most = keepLast;
        if (most != null) {
            for (List<Run> group : byScenarioAndHost(results).values()) {
                keepNewest(group, most, kept);
            }
        }
        return results.stream()
                .filter(stored -> !kept.contains(stored.run().name()))
                .toList();
    }

    private static Map<List<Object>, List<Run>> byScenarioAndHost(List<Catalogue.Stored> results) {
        Map<List<Object>, List<Run>> groups = new LinkedHashMap<>();
        for (Catalogue.Stored stored : results) {
            Run.Subject subject = stored.run().subject();
            groups.computeIfAbsent(List.of(subject.scenario(), subject.host()), key -> new ArrayList<>())
                    .add(stored.run());
        }
        return groups;
    }

    private static void keepNewest(List<Run> oldestFirst, int most, Set<String> kept) {
        int complete = 0;
        for (int i = oldestFirst.size() - 1; i >= 0 && complete < most; i--) {
            Run run = oldestFirst.get(i);
            kept.add(run.name());
            complete += run.partial() ? 0 : 1;
        }
    }
}
