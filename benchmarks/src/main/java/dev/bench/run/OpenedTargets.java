package dev.bench.run;

import dev.bench.result.Identity;
import dev.bench.result.Result;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Gathers what the sessions tell of their targets; the first session proves identities, later ones only open. */
final class OpenedTargets {
    private final Map<String, Identity> identities = new LinkedHashMap<>();
    private final Map<String, Result.TargetFacts> targets = new LinkedHashMap<>();
    private Result.@Nullable HarnessCost harness;

    void add(List<Result.TargetFacts> opened, Result.HarnessCost cost) {
        for (Result.TargetFacts target : opened) {
            Identity identity = target.identity();
            if (identity != null) {
                identities.put(target.name(), identity);
            }
            targets.put(target.name(), target);
        }
        if (harness == null) {
            harness = cost;
        }
    }

    List<Result.TargetFacts> targets() {
        return targets.values().stream()
                .map(target -> new Result.TargetFacts(
                        target.name(),
                        target.kind(),
                        target.driver(),
                        target.emulated(),
                        target.facts(),
                        identities.get(target.name())))
                .toList();
    }

    Result.@Nullable HarnessCost harness() {
        return harness;
    }
}
