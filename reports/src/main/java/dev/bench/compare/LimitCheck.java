package dev.bench.compare;

import dev.bench.result.Bound;
import dev.bench.result.Metric;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Holds what became of an absolute limit on one target.
 *
 * @param limit the limit
 * @param measurand what it limits
 * @param target name of the target
 * @param samples what was measured of it; may be without a value
 * @param verdict whether it was kept
 */
public record LimitCheck(
        AbsoluteLimit limit, Measurand measurand, String target, Samples samples, AbsoluteLimit.Verdict verdict) {
    /** Checks every target of a side against limits by the id of a metric; a partial result breaks and keeps none. */
    static List<LimitCheck> of(Side side, Map<String, Bound> bounds) {
        List<LimitCheck> checks = new ArrayList<>();
        for (Metric metric : Metric.values()) {
            Bound bound = bounds.get(metric.id());
            if (bound != null) {
                AbsoluteLimit limit = new AbsoluteLimit(metric.id(), bound.min(), bound.max());
                side.targets().forEach(target -> checks.add(check(side, limit, Measurand.of(metric), target)));
            }
        }
        return checks;
    }

    private static LimitCheck check(Side side, AbsoluteLimit limit, Measurand measurand, String target) {
        Samples samples = side.samples().stream()
                .filter(one -> one.measurand().equals(measurand) && one.target().equals(target))
                .findFirst()
                .orElseGet(() -> new Samples(measurand, target, false, List.of(), 0));
        AbsoluteLimit.Verdict verdict =
                side.partial() ? AbsoluteLimit.Verdict.INCONCLUSIVE : limit.judge(samples.values());
        return new LimitCheck(limit, measurand, target, samples, verdict);
    }

    /** Returns the verdict among those of comparisons: a limit that is kept changes nothing. */
    public Outcome outcome() {
        return switch (verdict) {
            case BROKEN -> Outcome.REGRESSED;
            case INCONCLUSIVE -> Outcome.INCONCLUSIVE;
            case KEPT -> Outcome.EQUIVALENT;
        };
    }
}
