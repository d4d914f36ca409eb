package dev.bench.compare;

/**
 * Compares how many launches of a target failed.
 *
 * @param target name of the target
 * @param baseFailures failed launches of BASE
 * @param baseLaunches all of BASE's measured launches
 * @param headFailures failed launches of HEAD
 * @param headLaunches all of HEAD's measured launches
 * @param adjustedP p-value of Fisher's exact test after Holm's correction over the targets
 * @param outcome regressed or improved where the test rejects, inconclusive otherwise
 */
public record FailureChange(
        String target,
        int baseFailures,
        int baseLaunches,
        int headFailures,
        int headLaunches,
        double adjustedP,
        Outcome outcome) {}
