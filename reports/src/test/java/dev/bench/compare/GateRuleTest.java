package dev.bench.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bench.analysis.Margin;
import dev.bench.result.Metric;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class GateRuleTest {
    private static final Margin FIVE_PERCENT = Margin.ofQuietHost();

    @Test
    void aChangeInBothSessionsHasRegressed() {
        GateVerdict verdict = judge(FIVE_PERCENT, session(1, 0.1), session(2, 0.1));

        assertEquals(Outcome.REGRESSED, verdict.outcome());
        assertEquals(0.1, verdict.shift().estimate(), 0.02);
        assertEquals(2, verdict.sessionEstimates().size());
    }

    @Test
    void aChangeTheOtherWayHasImproved() {
        assertEquals(
                Outcome.IMPROVED,
                judge(FIVE_PERCENT, session(1, -0.1), session(2, -0.1)).outcome());
        GateCase throughput = new GateCase(
                "requests", "a", Metric.Better.HIGHER, List.of(session(1, -0.1), session(2, -0.1)), FIVE_PERCENT);
        assertEquals(
                Outcome.REGRESSED, GateRule.judge(List.of(throughput)).get(0).outcome());
    }

    @Test
    void aChangeInOneSessionOnlyDecidesNothing() {
        GateVerdict verdict = judge(FIVE_PERCENT, session(1, 0.4), session(2, -0.02));

        assertTrue(verdict.shift().estimate() > Math.log1p(0.05));
        assertEquals(Outcome.INCONCLUSIVE, verdict.outcome());
    }

    @Test
    void oneSessionFindsNoChange() {
        assertEquals(Outcome.INCONCLUSIVE, judge(FIVE_PERCENT, session(1, 0.3)).outcome());
        assertEquals(
                Outcome.INCONCLUSIVE,
                judge(FIVE_PERCENT, session(1, 0.3), List.of()).outcome());
    }

    @Test
    void aChangeWithinTheMarginHasNotRegressed() {
        assertEquals(
                Outcome.EQUIVALENT,
                judge(Margin.of(0.2, null, null), session(1, 0.1), session(2, 0.1))
                        .outcome());
        assertEquals(
                Outcome.EQUIVALENT,
                judge(FIVE_PERCENT, session(1, 0), session(2, 0)).outcome());
    }

    @Test
    void theNumberOfComparisonsCounts() {
        // Six of six blocks worse: p = 2 / 2^6 = 0.031 by itself, 0.094 beside two others.
        List<Double> six = IntStream.range(0, 3).mapToObj(i -> 0.3 + i * 0.001).toList();
        GateCase slower = new GateCase("m", "a", Metric.Better.LOWER, List.of(six, six), FIVE_PERCENT);
        GateCase quiet =
                new GateCase("m", "b", Metric.Better.LOWER, List.of(session(1, 0), session(2, 0)), FIVE_PERCENT);

        assertEquals(Outcome.REGRESSED, GateRule.judge(List.of(slower)).get(0).outcome());
        List<GateVerdict> three = GateRule.judge(List.of(slower, quiet, quiet));
        assertEquals(3 * 2 / 64.0, three.get(0).adjustedP(), 1e-12);
        assertEquals(Outcome.INCONCLUSIVE, three.get(0).outcome());
    }

    @Test
    void absoluteLimitsJudgeTheIntervalOfTheMedian() {
        AbsoluteLimit limit = new AbsoluteLimit("startup.ready_ms", null, 400.0);

        assertEquals(AbsoluteLimit.Standing.KEPT, limit.judge(values(20, 300)));
        assertEquals(AbsoluteLimit.Standing.BROKEN, limit.judge(values(20, 401)));
        assertEquals(AbsoluteLimit.Standing.INCONCLUSIVE, limit.judge(values(20, 391)));
        assertEquals(AbsoluteLimit.Standing.INCONCLUSIVE, limit.judge(values(5, 300)));
        assertEquals(AbsoluteLimit.Standing.BROKEN, new AbsoluteLimit("rate", 500.0, null).judge(values(20, 300)));
    }

    @Test
    void absoluteLimitsThatNothingCanKeepAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> new AbsoluteLimit("m", null, null));
        assertThrows(IllegalArgumentException.class, () -> new AbsoluteLimit("m", 2.0, 1.0));
    }

    private static double[] values(int count, double from) {
        return IntStream.range(0, count).mapToDouble(i -> from + i).toArray();
    }

    @SafeVarargs
    private static GateVerdict judge(Margin margin, List<Double>... sessions) {
        return GateRule.judge(List.of(new GateCase("m", "a", Metric.Better.LOWER, List.of(sessions), margin)))
                .get(0);
    }

    private static List<Double> session(long seed, double change) {
        SplittableRandom random = new SplittableRandom(seed);
        return IntStream.range(0, 20)
                .mapToObj(i -> change + 0.02 * random.nextGaussian())
                .toList();
    }
}
