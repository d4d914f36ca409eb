package dev.bench.compare;

import dev.bench.analysis.Holm;
import dev.bench.analysis.Shift;
import dev.bench.analysis.SignedRank;
import java.util.ArrayList;
import java.util.List;

/**
 * Decides a gate.
 *
 * <p>A comparison has regressed where all of these hold: the signed-rank test over all blocks rejects after Holm's
 * correction over the gate's comparisons, the interval lies beyond 0, the estimate lies beyond the bar, and each of
 * at least two sessions by itself points the same way. {@link GateSimulation} shows what that rule is worth.
 */
public final class GateRule {
    /** Fewest sessions with which a gate finds a change: one alone may have had bad luck from its start to its end. */
    public static final int LEAST_SESSIONS = 2;

    private GateRule() {}

    /** Returns the verdicts, in the order given; the number of cases counts in each of them. */
    public static List<GateVerdict> judge(List<GateCase> cases) {
        List<Shift> shifts = cases.stream()
                .map(gateCase -> Shift.paired(gateCase.logRatios()))
                .toList();
        double[] adjusted = Holm.adjust(shifts.stream().map(Shift::pValue).toList());
        List<GateVerdict> verdicts = new ArrayList<>();
        for (int i = 0; i < adjusted.length; i++) {
            verdicts.add(judge(cases.get(i), shifts.get(i), adjusted[i]));
        }
        return verdicts;
    }

    private static GateVerdict judge(GateCase gateCase, Shift shift, double adjustedP) {
        List<Double> estimates = gateCase.sessions().stream()
                .map(session -> estimate(
                        session.stream().mapToDouble(Double::doubleValue).toArray()))
                .toList();
        boolean sameDirection = estimates.size() >= LEAST_SESSIONS
                && estimates.stream().allMatch(estimate -> Math.signum(estimate) == Math.signum(shift.estimate()));
        return new GateVerdict(
                gateCase,
                shift,
                adjustedP,
                estimates,
                Decision.of(shift, gateCase.margin(), adjustedP, sameDirection, gateCase.better()));
    }

    /** Returns the Hodges-Lehmann estimate of one session's logarithms; NaN, which has no direction, where a session has no block. */
    static double estimate(double[] session) {
        return session.length == 0 ? Double.NaN : new SignedRank(session).estimate();
    }
}
