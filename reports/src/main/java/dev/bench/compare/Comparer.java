package dev.bench.compare;

import dev.bench.analysis.Holm;
import dev.bench.analysis.Margin;
import dev.bench.analysis.Measurand;
import dev.bench.analysis.OrderStatistics;
import dev.bench.analysis.Proportions;
import dev.bench.analysis.RankSum;
import dev.bench.analysis.Series;
import dev.bench.analysis.Shift;
import dev.bench.result.Count;
import dev.bench.result.Result;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Compares two results measure by measure and target by target.
 *
 * <p>Launches are paired by session and block where both sides are targets of the same result, and only there: two runs
 * share no block. Every verdict is corrected for the number of comparisons (Holm).
 */
public final class Comparer {
    private static final int FEW = 10;

    private final Side base;
    private final Side head;
    private final boolean paired;
    private final Result.@Nullable GateFacts gate;
    private final List<Difference> differences = new ArrayList<>();

    private Comparer(Side base, Side head, Result.@Nullable GateFacts gate) {
        this.base = base;
        this.head = head;
        this.gate = gate;
        this.paired = base.source().equals(head.source());
    }

    /**
     * Compares HEAD with BASE.
     *
     * @throws ComparisonException where the two have nothing in common
     */
    public static ComparisonReport compare(Side base, Side head) {
        if (base.source().equals(head.source()) && Objects.equals(base.chosen(), head.chosen())) {
            throw new ComparisonException("BASE and HEAD are the same, " + base.id()
                    + "; name another result, or two targets of this one as RESULT@TARGET");
        }
        return new Comparer(base, head, null).run();
    }

    /** Judges what a gate launched against the baselines that it launched in the same blocks. */
    static ComparisonReport judge(Side base, Side head, Result.GateFacts gate) {
        return new Comparer(base, head, gate).run();
    }

    /** Is a target of both sides. */
    private record Common(String label, String baseTarget, String headTarget) {}

    /** Is a comparison before it is judged. */
    private record Candidate(Common common, Samples base, Samples head, String sampling, Shift shift) {
        List<Double> values() {
            return Stream.concat(base.points().stream(), head.points().stream())
                    .map(Series.Point::value)
                    .toList();
        }
    }

    private ComparisonReport run() {
        if (base.kind() != head.kind()) {
            throw new ComparisonException(base.id() + " and " + head.id()
                    + " are not of one kind: compare two result directories, or two JSON files of JMH");
        }
        List<Common> targets = commonTargets();
        differ(targets);
        List<Candidate> candidates = candidates(targets);
        double[] adjusted =
                Holm.adjust(candidates.stream().map(one -> one.shift().pValue()).toList());
        List<Outcome> gated = gate == null
                ? List.of()
                : GateRule.judge(candidates.stream().map(this::gateCase).toList()).stream()
                        .map(GateVerdict::outcome)
                        .toList();
        List<Compared> rows = new ArrayList<>();
        for (int i = 0; i < adjusted.length; i++) {
            rows.add(judge(candidates, i, adjusted[i], gated));
        }
        List<LimitCheck> limits = gate == null ? List.of() : LimitCheck.of(head, gate.limits());
        return new ComparisonReport(
                base, head, paired, rows, whole(candidates, rows), failures(targets), limits, differences, notes(rows));
    }

    private @Nullable Whole whole(List<Candidate> candidates, List<Compared> rows) {
        List<Compared> judged = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            // Too few samples for an interval of one are no obstacle here: that is what the test of the whole is for.
            if (forbidden(candidates.get(i)).isEmpty()) {
                judged.add(rows.get(i));
            }
        }
        return Whole.of(judged, head.kind()).orElse(null);
    }

    private List<Common> commonTargets() {
        String one = base.chosen();
        String other = head.chosen();
        if (one != null && other != null) {
            return List.of(new Common(one.equals(other) ? one : one + " → " + other, one, other));
        }
        List<Common> targets = head.targets().stream()
                .filter(base.targets()::contains)
                .map(name -> new Common(name, name, name))
                .toList();
        if (targets.isEmpty()) {
            throw new ComparisonException(
                    (base.kind() == Side.Kind.JMH ? "no parameters in common: " : "no target in common: ") + base.id()
                            + " has " + listed(base.targets()) + "; " + head.id() + " has " + listed(head.targets())
                            + (base.kind() == Side.Kind.RESULT
                                    ? "; name a target of each as RESULT@TARGET to compare them all the same"
                                    : ""));
        }
        return targets;
    }

    private static String listed(List<String> names) {
        return names.isEmpty() ? "none" : String.join(", ", names);
    }

    private List<Candidate> candidates(List<Common> targets) {
        List<Candidate> raw = new ArrayList<>();
        for (String measure : head.measures()) {
            for (Common target : targets) {
                Optional<Samples> one = find(base, measure, target.baseTarget());
                Optional<Samples> other = find(head, measure, target.headTarget());
                if (one.isPresent() && other.isPresent()) {
                    raw.add(new Candidate(target, one.get(), other.get(), "", Shift.paired(new double[0])));
                }
            }
        }
        if (raw.isEmpty()) {
            throw new ComparisonException("no metric in common: " + base.id() + " has " + listed(base.measures()) + "; "
                    + head.id() + " has " + listed(head.measures()));
        }
        return raw.stream().map(one -> estimate(one, raw.size())).toList();
    }

    private static Optional<Samples> find(Side side, String measure, String target) {
        return side.samples().stream()
                .filter(one ->
                        one.measurand().id().equals(measure) && one.target().equals(target))
                .findFirst();
    }

    private Candidate estimate(Candidate raw, int family) {
        boolean comparable =
                raw.base().measurand().unit().equals(raw.head().measurand().unit())
                        && raw.values().stream().allMatch(value -> value > 0);
        if (paired) {
            double[] ratios = Shift.logRatios(raw.base().points(), raw.head().points());
            return new Candidate(raw.common(), raw.base(), raw.head(), "a block", Shift.paired(ratios));
        }
        Samples one = raw.base();
        Samples other = raw.head();
        String sampling = "a launch";
        if (base.kind() == Side.Kind.JMH) {
            sampling = "an iteration";
            int baseForks = one.sessions().size();
            int headForks = other.sessions().size();
            // Iterations of one fork depend on each other. Forks do not, but they can be too few to reject with.
            if (family * RankSum.leastPValue(baseForks, headForks) < Holm.ALPHA) {
                one = one.sessionMedians();
                other = other.sessionMedians();
                sampling = "the median of a fork";
            }
        }
        Shift shift = comparable ? Shift.unpaired(one.values(), other.values()) : Shift.paired(new double[0]);
        return new Candidate(raw.common(), one, other, sampling, shift);
    }

    private Margin margin(Measurand measurand) {
        Double budget = gate == null ? null : gate.budgets().get(measurand.id());
        return Margin.of(
                budget, base.controls().get(measurand.id()), head.controls().get(measurand.id()));
    }

    private GateCase gateCase(Candidate one) {
        List<List<Double>> sessions = Stream.concat(one.base().sessions().stream(), one.head().sessions().stream())
                .distinct()
                .sorted()
                .map(session -> Arrays.stream(logRatios(one, session)).boxed().toList())
                .toList();
        Measurand measurand = one.head().measurand();
        return new GateCase(measurand.id(), one.common().label(), measurand.better(), sessions, margin(measurand));
    }

    private static double[] logRatios(Candidate one, int session) {
        return Shift.logRatios(
                one.base().ofSession(session).points(),
                one.head().ofSession(session).points());
    }

    /**
     * Judges one comparison.
     *
     * @param gated what the gate's rule says of every comparison; empty where this is no gate
     */
    private Compared judge(List<Candidate> candidates, int index, double adjustedP, List<Outcome> gated) {
        Candidate one = candidates.get(index);
        Shift shift = one.shift();
        Measurand measurand = one.head().measurand();
        Margin margin = margin(measurand);
        List<Compared.Direction> directions = directions(one);
        boolean sameDirection = directions.stream()
                .allMatch(direction -> Math.signum(direction.estimate()) == Math.signum(shift.estimate()));
        List<String> reasons = obstacles(one);
        Outcome outcome = Outcome.INCONCLUSIVE;
        if (reasons.isEmpty()) {
            outcome = gated.isEmpty()
                    ? Decision.of(shift, margin, adjustedP, sameDirection, measurand.better())
                    : gated.get(index);
            if (outcome == Outcome.INCONCLUSIVE) {
                reasons.add(undecided(measurand, shift, margin, adjustedP, sameDirection, candidates.size()));
            }
        }
        int rank = 1;
        for (int i = 0; i < candidates.size(); i++) {
            double p = candidates.get(i).shift().pValue();
            rank += p < shift.pValue() || (p == shift.pValue() && i < index) ? 1 : 0;
        }
        return new Compared(
                measurand,
                one.common().label(),
                one.base(),
                one.head(),
                paired,
                one.sampling(),
                shift,
                margin,
                rank,
                candidates.size(),
                adjustedP,
                directions,
                outcome,
                reasons);
    }

    /** Returns what forbids a verdict on one comparison by itself. */
    private List<String> obstacles(Candidate one) {
        List<String> obstacles = forbidden(one);
        if (obstacles.isEmpty() && one.shift().interval() == null) {
            obstacles.add(String.format(
                    Locale.ROOT,
                    "there are too few samples for an interval, %d and %d; it takes %s",
                    one.shift().baseCount(),
                    one.shift().headCount(),
                    paired ? OrderStatistics.LEAST_FOR_INTERVAL + " common blocks" : "4 on each side, better 20"));
        }
        return obstacles;
    }

    /** Returns what forbids any verdict, whatever the figures are. */
    private List<String> forbidden(Candidate one) {
        List<String> obstacles = new ArrayList<>();
        for (Difference difference : differences) {
            if (difference.decisive()
                    && (difference.scope().equals(ResultSide.HOST)
                            || difference.scope().equals(scope(one.common().label())))) {
                obstacles.add("the " + difference.scope() + "'s " + difference.name() + " changed from "
                        + difference.base() + " to " + difference.head());
            }
        }
        if (gate != null && head.partial()) {
            obstacles.add("the result is partial: its run ended before its plan did");
        } else if (base.partial()) {
            obstacles.add("BASE is a partial result: its run ended before its plan did");
        }
        if (gate == null && head.partial()) {
            obstacles.add("HEAD is a partial result: its run ended before its plan did");
        }
        String baseUnit = one.base().measurand().unit();
        String headUnit = one.head().measurand().unit();
        if (!baseUnit.equals(headUnit)) {
            obstacles.add("the unit changed from " + baseUnit + " to " + headUnit);
        } else if (one.values().stream().anyMatch(value -> !(value > 0))) {
            obstacles.add("a value is not above zero, so that there is no ratio");
        }
        return obstacles;
    }

    private static String undecided(
            Measurand measurand, Shift shift, Margin margin, double adjustedP, boolean sameDirection, int family) {
        OrderStatistics.Interval interval = Objects.requireNonNull(shift.interval());
        boolean beyondZero = interval.low() > 0 || interval.high() < 0;
        if (beyondZero && Math.abs(shift.estimate()) > Math.log1p(margin.bar()) && adjustedP < Holm.ALPHA) {
            if (measurand.better() == null) {
                return "this version does not know which direction of the metric is better";
            }
            return sameDirection
                    ? "a gate needs " + GateRule.LEAST_SESSIONS + " sessions with launches of both"
                    : "the sessions do not point the same way";
        }
        String words = shift.undecided(margin, family).orElseThrow();
        return beyondZero && adjustedP >= Holm.ALPHA
                ? words + "; the test does not reject after correction for the number of comparisons"
                : words;
    }

    private List<Compared.Direction> directions(Candidate one) {
        if (one.shift().interval() == null) {
            return List.of();
        }
        List<Compared.Direction> directions = new ArrayList<>();
        List<Integer> baseSessions = one.base().sessions();
        List<Integer> headSessions = one.head().sessions();
        if (paired) {
            if (headSessions.size() > 1) {
                for (int session : headSessions) {
                    double[] ratios = logRatios(one, session);
                    directions.add(
                            new Compared.Direction("session " + session, ratios.length, GateRule.estimate(ratios)));
                }
            }
            return directions;
        }
        String noun = base.kind() == Side.Kind.JMH ? "fork " : "session ";
        if (headSessions.size() > 1) {
            for (int session : headSessions) {
                directions.add(direction(
                        "HEAD's " + noun + session,
                        Shift.unpaired(
                                one.base().values(),
                                one.head().ofSession(session).values())));
            }
        }
        if (baseSessions.size() > 1) {
            for (int session : baseSessions) {
                directions.add(direction(
                        "BASE's " + noun + session,
                        Shift.unpaired(
                                one.base().ofSession(session).values(),
                                one.head().values())));
            }
        }
        return directions;
    }

    private static Compared.Direction direction(String session, Shift shift) {
        return new Compared.Direction(session, Math.min(shift.baseCount(), shift.headCount()), shift.estimate());
    }

    /** Compares failures by target; a launch that fails is worse than any figure of one that does not. */
    private List<FailureChange> failures(List<Common> targets) {
        List<FailureChange> changes = new ArrayList<>();
        for (Common target : targets) {
            int[] one = launches(base, target.baseTarget());
            int[] other = launches(head, target.headTarget());
            if (one[0] + other[0] > 0) {
                double p = Proportions.pValue(one[0], one[1], other[0], other[1]);
                changes.add(
                        new FailureChange(target.label(), one[0], one[1], other[0], other[1], p, Outcome.INCONCLUSIVE));
            }
        }
        double[] adjusted =
                Holm.adjust(changes.stream().map(FailureChange::adjustedP).toList());
        for (int i = 0; i < adjusted.length; i++) {
            changes.set(i, judge(changes.get(i), adjusted[i]));
        }
        return changes;
    }

    private FailureChange judge(FailureChange raw, double adjustedP) {
        boolean forbidden = base.partial()
                || head.partial()
                || differences.stream()
                        .anyMatch(difference -> difference.decisive()
                                && (difference.scope().equals(ResultSide.HOST)
                                        || difference.scope().equals(scope(raw.target()))));
        double change =
                raw.headFailures() / (double) raw.headLaunches() - raw.baseFailures() / (double) raw.baseLaunches();
        Outcome outcome = Outcome.INCONCLUSIVE;
        if (!forbidden && adjustedP < Holm.ALPHA) {
            outcome = change > 0 ? Outcome.REGRESSED : Outcome.IMPROVED;
        }
        return new FailureChange(
                raw.target(),
                raw.baseFailures(),
                raw.baseLaunches(),
                raw.headFailures(),
                raw.headLaunches(),
                adjustedP,
                outcome);
    }

    /** Returns failed and all launches of a target; a launch may lack some of the measures. */
    private static int[] launches(Side side, String target) {
        List<Samples> all = side.samples().stream()
                .filter(one -> one.target().equals(target))
                .toList();
        int failed = all.stream().mapToInt(Samples::failures).max().orElse(0);
        int succeeded = all.stream().mapToInt(one -> one.points().size()).max().orElse(0);
        return new int[] {failed, failed + succeeded};
    }

    private void differ(List<Common> targets) {
        Map<List<String>, Fact[]> facts = new LinkedHashMap<>();
        for (int side = 0; side < 2; side++) {
            for (Fact fact : (side == 0 ? base : head).facts()) {
                String scope = fact.scope();
                String target = fact.target();
                if (target != null) {
                    boolean ofBase = side == 0;
                    Optional<Common> common = targets.stream()
                            .filter(one -> target.equals(ofBase ? one.baseTarget() : one.headTarget()))
                            .findFirst();
                    if (common.isEmpty()) {
                        continue;
                    }
                    scope = scope(common.get().label());
                }
                facts.computeIfAbsent(List.of(scope, fact.name()), key -> new Fact[2])[side] = fact;
            }
        }
        facts.forEach((key, both) -> {
            String one = both[0] == null ? "–" : both[0].value();
            String other = both[1] == null ? "–" : both[1].value();
            String oneDecides = both[0] == null ? "" : both[0].decides();
            String otherDecides = both[1] == null ? "" : both[1].decides();
            if (!one.equals(other)) {
                differences.add(new Difference(key.get(0), key.get(1), one, other, !oneDecides.equals(otherDecides)));
            }
        });
    }

    private static String scope(String label) {
        return "target " + label;
    }

    private List<String> notes(List<Compared> rows) {
        List<String> notes = new ArrayList<>();
        Stream.concat(base.notes().stream(), head.notes().stream()).distinct().forEach(notes::add);
        differences.stream()
                .filter(Difference::decisive)
                .forEach(difference -> notes.add("the " + difference.scope() + "'s " + difference.name()
                        + " differs, so what it touches is inconclusive: measure both on the same"));
        if (base.partial() || head.partial()) {
            notes.add("a partial result decides nothing: run it again to its end");
        }
        alone(notes, "BASE", base, head);
        alone(notes, "HEAD", head, base);
        if (!paired && base.kind() == Side.Kind.RESULT) {
            notes.add("the two were measured at different times, so their launches are not paired: what changed on the"
                    + " host in between cannot be told from what changed in the workload");
        }
        if (rows.stream().anyMatch(row -> row.sampling().equals("an iteration"))) {
            notes.add("iterations are the samples where forks are too few; iterations of one fork depend on each other,"
                    + " so intervals are too narrow: use more forks");
        }
        if (rows.stream().anyMatch(row -> row.sampling().equals("the median of a fork"))) {
            notes.add("forks are taken as blocks: each is one sample, the median of its iterations");
        }
        int fewest = rows.stream()
                .mapToInt(row -> Math.min(row.shift().baseCount(), row.shift().headCount()))
                .min()
                .orElse(0);
        if (base.kind() == Side.Kind.RESULT && fewest < FEW) {
            notes.add("only " + Count.of(fewest, "sample") + ": use 10 at least, 20 to tell small differences");
        }
        return notes;
    }

    private static void alone(List<String> notes, String name, Side side, Side other) {
        if (side.chosen() != null || other.chosen() != null) {
            return;
        }
        String[] missing = Stream.of(side.targets(), side.measures())
                .flatMap(List::stream)
                .filter(one ->
                        !other.targets().contains(one) && !other.measures().contains(one))
                .toArray(String[]::new);
        if (missing.length > 0) {
            notes.add("only in " + name + ", not compared: " + String.join(", ", Arrays.asList(missing)));
        }
    }
}
