package dev.bench.measure.scaleout;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bench.measure.scaleout.ScaleOutTrial.Density;
import dev.bench.measure.scaleout.ScaleOutTrial.LoadPoint;
import dev.bench.measure.scaleout.ScaleOutTrial.Start;
import dev.bench.result.Quantile;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Holds what is computed of starts and loads against figures done by hand. */
final class FiguresTest {
    private static final String LOAD = "100/s each";

    @Test
    void startsGiveTheirRateTheirMilestonesAndTheirLatencyFromTheIntendedStart() {
        Map<String, Double> values =
                StartFigures.of(List.of(ready(0, 100), ready(50, 120), ready(60, 400), ready(70, 200)));

        assertEquals(
                Map.of(
                        "scaleout.ready_per_s", 10.0,
                        "scaleout.first_ms", 100.0,
                        "scaleout.half_ms", 120.0,
                        "scaleout.all_ms", 400.0,
                        "scaleout.start_ms", 115.0),
                values);
    }

    @Test
    void aFailureStaysInTheDenominatorWithTheTimeItTook() {
        Map<String, Double> values = StartFigures.of(
                List.of(ready(0, 100), new Start(0, null, 1_000, "too late"), new Start(0, null, 900, "too late")));

        assertEquals(1.0, values.get("scaleout.ready_per_s"), "one in the second that the last failure took");
        assertEquals(
                Map.of("scaleout.ready_per_s", 1.0, "scaleout.first_ms", 100.0, "scaleout.start_ms", 100.0),
                values,
                "neither half nor all became ready");
        assertEquals(Map.of(), StartFigures.of(List.of(new Start(0, null, 5, "no"))));
    }

    @Test
    void theBoundAllowsTheLargestNumberBelowTheFirstThatBreaksIt() {
        DensityRule rule = new DensityRule(LOAD, 50);
        assertEquals(
                new Density(LOAD, 50, 2, "p99 above the bound at 4 instances (80.0 ms)"),
                rule.judge(List.of(point(4, 80, 400), point(2, 50, 200), point(1, 9, 100), point(8, 40, 800))));
        assertEquals(
                new Density(LOAD, 50, 4, "more than 4 were not tried"),
                rule.judge(List.of(point(4, 9, 400), point(1, 9, 100))));
        assertEquals(
                new Density(LOAD, 50, 0, "p99 above the bound at 1 instance (50.1 ms)"),
                rule.judge(List.of(point(1, 50.1, 100))));
    }

    @Test
    void whatSaysNothingOfTheInstancesEndsTheSearch() {
        DensityRule rule = new DensityRule(LOAD, 50);
        assertEquals(
                "the client was the bottleneck at 2 instances",
                rule.judge(List.of(point(1, 9, 100), point(2, 60, 0, true))).stop());
        assertEquals(
                2,
                rule.judge(List.of(point(1, 9, 100), point(2, 40, 0, true))).instances(),
                "the client's delay is in the latency, which is within the bound all the same");
        assertEquals(
                "requests failed at 2 instances (3)",
                rule.judge(List.of(point(1, 9, 100), point(2, 9, 3, false))).stop());
        assertEquals(
                2,
                rule.judge(List.of(point(1, 9, 100), point(2, 9, 2, false))).instances(),
                "one in a hundred may miss the bound");
        assertEquals(
                new Density(LOAD, 50, 1, "only 1 of 2 instances became ready"),
                rule.judge(
                        List.of(point(1, 9, 100), LoadPoint.skipped(2, LOAD, "only 1 of 2 instances became ready"))));
    }

    private static Start ready(double intended, double at) {
        return new Start(intended, at, at, null);
    }

    private static LoadPoint point(int instances, double tail, long failed, boolean clientBound) {
        return new LoadPoint(
                instances,
                LOAD,
                200,
                200,
                200,
                failed,
                0,
                List.of(new Quantile(99, tail)),
                List.of(),
                0,
                0.5,
                clientBound,
                null);
    }

    private static LoadPoint point(int instances, double tail, double answered) {
        return new LoadPoint(
                instances,
                LOAD,
                100.0 * instances,
                answered,
                Math.round(answered),
                0,
                0,
                List.of(new Quantile(50, 1), new Quantile(99, tail)),
                List.of(new Quantile(99, 1)),
                0,
                0.2,
                false,
                null);
    }
}
