package dev.bench.compare;

import dev.bench.analysis.Holm;
import dev.bench.analysis.Margin;
import dev.bench.analysis.Measurand;
import dev.bench.analysis.OrderStatistics;
import dev.bench.analysis.Proportions;
import dev.bench.analysis.Shift;
import dev.bench.result.Result;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Judges estimates, all of one comparison together: every verdict is corrected for their number (Holm), and none falls on
 * figures that another host, another accelerator or a partial run makes incomparable.
 */
final class Judgement {
    private final Side base;
    private final Side head;
    private final Result.@Nullable GateFacts gate;
    private final boolean paired;
    private final List<Difference> differences;

    /** Takes both sides and what else differs between them; the gate is null where this is none. */
    Judgement(Side base, Side head, Result.@Nullable GateFacts gate, boolean paired, List<Difference> differences) {
        this.base = base;
        this.head = head;
        this.gate = gate;
        this.paired = paired;
        this.differences = List.copyOf(differences);
    }

    /** Judges every comparison, in the order given. */
    List<Compared> of(List<Candidate> candidates) {
        double[] adjusted = Holm.adjust(
                candidates.stream().map(candidate -> candidate.shift().pValue()).toList());
        List<Outcome> gated = gate == null
                ? List.of()
                : GateRule.judge(candidates.stream().map(this::gateCase).toList()).stream()
                        .map(GateVerdict::outcome)
                        .toList();
        List<Compared> rows = new ArrayList<>();
        for (int i = 0; i < adjusted.length; i++) {
            rows.add(judge(candidates, i, adjusted[i], gated));
        }
        return rows;
    }

    /** Judges all comparisons together; null where too few may be judged. */
    @Nullable
    Whole whole(List<Candidate> candidates, List<Compared> rows) {
        List<Compared> judged = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            // Too few samples for an interval of one are no obstacle here: that is what the test of the whole is for.
            if (forbidden(candidates.get(i)).isEmpty()) {
                judged.add(rows.get(i));
            }
        }
        return Whole.of(judged, head.kind()).orElse(null);
    }

    private GateCase gateCase(Candidate candidate) {
        List<List<Double>> sessions = candidate.sessions().stream()
                .map(session ->
                        Arrays.stream(candidate.logRatios(session)).boxed().toList())
                .toList();
        Measurand measurand = candidate.measurand();
        return new GateCase(
                measurand.id(), candidate.target().label(), measurand.better(), sessions, margin(measurand));
    }

    private Margin margin(Measurand measurand) {
        Double budget = gate == null ? null : gate.budgets().get(measurand.id());
        return Margin.of(
                budget, base.controls().get(measurand.id()), head.controls().get(measurand.id()));
    }

    /**
     * Judges one comparison.
     *
     * @param gated what the gate's rule says of every comparison; empty where this is no gate
     */
    private Compared judge(List<Candidate> candidates, int index, double adjustedP, List<Outcome> gated) {
        Candidate candidate = candidates.get(index);
        Shift shift = candidate.shift();
        Measurand measurand = candidate.head().measurand();
        Margin margin = margin(measurand);
        List<Compared.Direction> directions = directions(candidate);
        boolean sameDirection = directions.stream()
                .allMatch(direction -> Math.signum(direction.estimate()) == Math.signum(shift.estimate()));
        List<String> reasons = obstacles(candidate);
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
                candidate.target().label(),
                candidate.base(),
                candidate.head(),
                paired,
                candidate.sampling(),
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
    private List<String> obstacles(Candidate candidate) {
        List<String> obstacles = forbidden(candidate);
        if (obstacles.isEmpty() && candidate.shift().interval() == null) {
            obstacles.add(String.format(
                    Locale.ROOT,
                    "there are too few samples for an interval, %d and %d; it takes %s",
                    candidate.shift().baseCount(),
                    candidate.shift().headCount(),
                    paired ? OrderStatistics.LEAST_FOR_INTERVAL + " common blocks" : "4 on each side, better 20"));
        }
        return obstacles;
    }

    /** Returns what forbids any verdict, whatever the figures are. */
    private List<String> forbidden(Candidate candidate) {
        List<String> obstacles = new ArrayList<>();
        for (Difference difference : differences) {
            if (difference.decisive()
                    && difference.scope().touches(candidate.target().label())) {
                obstacles.add("the " + difference.scope().words() + "'s " + difference.name() + " changed from "
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
        if (!candidate.isOfOneUnit()) {
            obstacles.add(
                    "the unit changed from " + candidate.base().measurand().unit() + " to "
                            + candidate.head().measurand().unit());
        } else if (!candidate.isPositive()) {
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

    private List<Compared.Direction> directions(Candidate candidate) {
        if (candidate.shift().interval() == null) {
            return List.of();
        }
        List<Compared.Direction> directions = new ArrayList<>();
        List<Integer> baseSessions = candidate.base().sessions();
        List<Integer> headSessions = candidate.head().sessions();
        if (paired) {
            if (headSessions.size() > 1) {
                for (int session : headSessions) {
                    double[] ratios = candidate.logRatios(session);
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
                                candidate.base().values(),
                                candidate.head().ofSession(session).values())));
            }
        }
        if (baseSessions.size() > 1) {
            for (int session : baseSessions) {
                directions.add(direction(
                        "BASE's " + noun + session,
                        Shift.unpaired(
                                candidate.base().ofSession(session).values(),
                                candidate.head().values())));
            }
        }
        return directions;
    }

    private static Compared.Direction direction(String session, Shift shift) {
        return new Compared.Direction(session, Math.min(shift.baseCount(), shift.headCount()), shift.estimate());
    }

    /** Compares failures by target; a launch that fails is worse than any figure of one that does not. */
    List<FailureChange> failures(List<Candidate.Target> targets) {
        List<FailureChange> changes = new ArrayList<>();
        for (Candidate.Target target : targets) {
            int[] before = launches(base, target.base());
            int[] after = launches(head, target.head());
            if (before[0] + after[0] > 0) {
                double p = Proportions.pValue(before[0], before[1], after[0], after[1]);
                changes.add(new FailureChange(
                        target.label(), before[0], before[1], after[0], after[1], p, Outcome.INCONCLUSIVE));
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
                        .anyMatch(difference ->
                                difference.decisive() && difference.scope().touches(raw.target()));
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
                .filter(samples -> samples.target().equals(target))
                .toList();
        int failed = all.stream().mapToInt(Samples::failures).max().orElse(0);
        int succeeded =
                all.stream().mapToInt(samples -> samples.points().size()).max().orElse(0);
        return new int[] {failed, failed + succeeded};
    }
}
