package dev.bench.view.scaleout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bench.measure.scaleout.ScaleOutTrial;
import dev.bench.measure.scaleout.ScaleOutTrial.LoadPoint;
import dev.bench.result.Quantile;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class LoadSummaryTest {
    @Test
    void figuresAreMediansOverTheMeasuredTrials() {
        List<LoadSummary> summaries = LoadSummary.of(List.of(
                trial(true, point(1, 9_999, 1, false)),
                trial(false, point(1, 100, 10, false)),
                trial(false, point(1, 300, 30, false)),
                trial(false, point(1, 200, 90, false))));

        assertEquals(1, summaries.size());
        LoadSummary summary = summaries.get(0);
        assertEquals(3, summary.n(), "the discarded block is left out");
        assertEquals(200, summary.answered());
        assertEquals(Optional.of(30.0), summary.response(99));
        assertEquals(Optional.of(15.0), summary.service(99));
        assertTrue(summary.isResult());
    }

    @Test
    void trialsThatTheClientBoundsAreLeftOutUntilTheyAreMostOfThem() {
        LoadSummary few = LoadSummary.of(List.of(
                        trial(false, point(1, 100, 10, false)),
                        trial(false, point(1, 120, 10, false)),
                        trial(false, point(1, 900, 10, true))))
                .get(0);
        assertEquals(110, few.answered());
        assertEquals(1, few.boundTrials());
        assertTrue(few.isResult());

        LoadSummary most = LoadSummary.of(List.of(
                        trial(false, point(1, 100, 10, false)),
                        trial(false, point(1, 800, 10, true)),
                        trial(false, point(1, 900, 10, true))))
                .get(0);
        assertTrue(most.clientBound());
        assertFalse(most.isResult());
        assertEquals(800, most.answered(), "shown, but no result");
        assertEquals(Optional.empty(), most.efficiency(few));
    }

    @Test
    void aLoadThatWasNeverAppliedHasNoFigures() {
        LoadSummary summary = LoadSummary.of(List.of(trial(false, LoadPoint.skipped(4, "closed", "too few"))))
                .get(0);
        assertEquals(0, summary.n());
        assertEquals(1, summary.skipped());
        assertFalse(summary.isResult());
        assertEquals(Optional.empty(), summary.response(99));
    }

    @Test
    void requestsThatFailedAreSaidWithHowManyWereAsked() {
        LoadPoint half = new LoadPoint(1, "closed", 50, 50, 50, 49, 1, List.of(), List.of(), 0, 0.5, false, null);

        assertEquals(
                "100 of 200 requests failed or had no answer in time",
                LoadSummary.of(List.of(trial(false, half), trial(false, half)))
                        .get(0)
                        .failures());
        assertEquals(
                "",
                LoadSummary.of(List.of(trial(false, point(1, 100, 10, false))))
                        .get(0)
                        .failures());
    }

    @Test
    void efficiencyIsPerInstanceAgainstTheSmallestNumber() {
        List<LoadSummary> curve = curve(1_000, 1_900, 2_000);
        assertEquals(0.95, curve.get(1).efficiency(curve.get(0)).orElseThrow(), 1e-12);
        assertEquals(0.5, curve.get(2).efficiency(curve.get(0)).orElseThrow(), 1e-12);
    }

    @Test
    void theKneeIsWhereMoreInstancesBeginToAddLess() {
        assertEquals(Optional.of(2), LoadSummary.knee(curve(1_000, 1_900, 2_000)));
        assertEquals(Optional.empty(), LoadSummary.knee(curve(1_000, 2_000, 4_000)), "it grows in proportion");
        assertEquals(Optional.empty(), LoadSummary.knee(curve(1_000, 2_000)), "two points bend nowhere");
        assertEquals(Optional.of(1), LoadSummary.knee(curve(1_000, 900, 800)), "more than one is less");
        assertEquals(Optional.of(2), LoadSummary.knee(curve(1_000, 1_900, 1_500)), "it falls behind the knee");
    }

    /** Returns the summaries of 1, 2 and 4 instances. */
    private static List<LoadSummary> curve(double... answered) {
        List<LoadPoint> points = new ArrayList<>();
        for (int i = 0; i < answered.length; i++) {
            points.add(point(1 << i, answered[i], 10, false));
        }
        return LoadSummary.of(List.of(trial(false, points.toArray(LoadPoint[]::new))));
    }

    private static ScaleOutTrial trial(boolean warmup, LoadPoint... points) {
        return new ScaleOutTrial(1, 1, "vm", warmup, List.of(), null, List.of(points), null);
    }

    private static LoadPoint point(int instances, double answered, double tail, boolean clientBound) {
        return new LoadPoint(
                instances,
                "closed",
                answered,
                answered,
                Math.round(answered),
                0,
                0,
                List.of(new Quantile(50, tail / 2), new Quantile(99, tail)),
                List.of(new Quantile(50, tail / 4), new Quantile(99, tail / 2)),
                0,
                0.5,
                clientBound,
                null);
    }
}
