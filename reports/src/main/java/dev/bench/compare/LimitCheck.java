package dev.bench.compare;

import dev.bench.analysis.Measurand;
import dev.bench.analysis.Measurands;
import dev.bench.result.Bound;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

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
        AbsoluteLimit limit, Measurand measurand, String target, Samples samples, AbsoluteLimit.Standing verdict) {
    /** Checks every target of a side against limits by the id of a metric; a partial result breaks and keeps none. */
    static List<LimitCheck> of(Side side, Map<String, Bound> bounds) {
        List<LimitCheck> checks = new ArrayList<>();
        for (Measurand measurand : limited(bounds.keySet())) {
            Bound bound = Objects.requireNonNull(bounds.get(measurand.id()));
            AbsoluteLimit limit = new AbsoluteLimit(measurand.id(), bound.min(), bound.max());
            side.targets().forEach(target -> checks.add(check(side, limit, measurand, target)));
        }
        return checks;
    }

    /** Returns the metrics of some names, in display order and those of another version last. */
    private static List<Measurand> limited(Set<String> ids) {
        return Stream.concat(
                        Measurands.all().stream().filter(known -> ids.contains(known.id())),
                        ids.stream().sorted().map(Measurands::named))
                .distinct()
                .toList();
    }

    private static LimitCheck check(Side side, AbsoluteLimit limit, Measurand measurand, String target) {
        Samples samples = side.samples().stream()
                .filter(summary -> summary.measurand().equals(measurand)
                        && summary.target().equals(target))
                .findFirst()
                .orElseGet(() -> new Samples(measurand, target, false, List.of(), 0));
        AbsoluteLimit.Standing verdict =
                side.partial() ? AbsoluteLimit.Standing.INCONCLUSIVE : limit.judge(samples.values());
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
