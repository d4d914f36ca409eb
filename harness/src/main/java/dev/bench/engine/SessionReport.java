package dev.bench.engine;

import dev.bench.result.Failure;
import dev.bench.result.Result;
import java.util.List;
import java.util.Map;

/**
 * Tells what a session found beside its launches.
 *
 * @param targets every target with its facts and, where this session proved it, its identity
 * @param harness what the harness itself costs
 * @param wallSeconds from the start of the first block to the end of the last
 * @param launchSeconds sum of all launches and removals in that time
 * @param givenUp targets that failed every launch of the discarded blocks and were not measured, with their failure
 * @param complete whether every planned launch was made
 */
public record SessionReport(
        List<Result.TargetFacts> targets,
        Result.HarnessCost harness,
        double wallSeconds,
        double launchSeconds,
        Map<String, Failure> givenUp,
        boolean complete) {
    public SessionReport {
        targets = List.copyOf(targets);
        givenUp = Map.copyOf(givenUp);
    }
}
