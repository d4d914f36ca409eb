package dev.bench.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bench.analysis.HostClass;
import dev.bench.analysis.WindowCache;
import dev.bench.result.TargetKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class TrendTest {
    private static final Instant FIRST = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void joinsOnlyRunsOfOneScenarioHostClassAndAccelerator() {
        List<Run> runs = List.of(
                run(0, subject("startup", "A", true), 1),
                run(1, subject("startup", "A", false), 1),
                run(2, subject("startup", "B", true), 1),
                run(3, subject("redis", "A", true), 1),
                run(4, subject("startup", "A", true), 1));

        List<List<String>> groups = Trend.bySubject(runs).values().stream()
                .map(group -> group.stream().map(Run::name).toList())
                .toList();
        assertEquals(List.of(List.of("run 0", "run 4"), List.of("run 1"), List.of("run 2"), List.of("run 3")), groups);
    }

    @Test
    void findsTheChangeAndSaysWhatElseDiffersThere() {
        Trend trend = trend(24, 14, 1.12);

        assertEquals(1, trend.changes().size(), trend.changes().toString());
        Trend.Change change = trend.changes().get(0);
        assertEquals("run 14", change.run());
        assertEquals("vm", change.target());
        assertEquals(0.12, change.relative(), 0.01);
        assertEquals("worse", change.direction());
        assertEquals(List.of("kernel: old → new"), change.differences());
    }

    @Test
    void callsFewerMillisecondsBetter() {
        assertEquals("better", trend(24, 14, 0.9).changes().get(0).direction());
    }

    @Test
    void findsNoChangeBelowTwentyRuns() {
        assertEquals(List.of(), trend(19, 9, 2).changes());
        assertEquals(1, trend(20, 9, 2).changes().size());
    }

    @Test
    void leavesPartialRunsAndAbsurdFiguresOutOfTheLine() {
        Run.Subject subject = subject("startup", "A", true);
        Run partial = new Run("p", FIRST.toString(), subject, List.of(value(5.0)), Map.of(), true, false);
        Run never = new Run("n", FIRST.toString(), subject, List.of(value(null)), Map.of(), false, false);
        Run absurd = new Run("a", FIRST.toString(), subject, List.of(value(1e300)), Map.of(), false, false);
        Run good = run(1, subject, 1);
        Trend trend = Trend.of(subject, List.of(partial, never, absurd, good), new WindowCache(Map.of()));

        assertEquals(List.of(good), trend.line("startup.ready_ms", "vm"));
        assertEquals(4, trend.runs().size());
        assertTrue(trend.line("startup.ready_ms", "unknown").isEmpty());
    }

    private static Trend trend(int count, int step, double factor) {
        Run.Subject subject = subject("startup", "A", true);
        List<Run> runs = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            runs.add(run(i, subject, i < step ? 1 : factor));
        }
        return Trend.of(subject, runs, new WindowCache(Map.of()));
    }

    private static Run run(int number, Run.Subject subject, double factor) {
        double wobble = 1 + 0.01 * (number * 0.618 % 1);
        return new Run(
                "run " + number,
                FIRST.plus(Duration.ofDays(number)).toString(),
                subject,
                List.of(value(3_000 * factor * wobble)),
                Map.of("kernel", factor == 1 ? "old" : "new", "image", "nginx"),
                false,
                false);
    }

    private static Run.Value value(Double median) {
        return new Run.Value("startup.ready_ms", "ms", "vm", 10, 0, median, null, null);
    }

    private static Run.Subject subject(String scenario, String cpu, boolean emulated) {
        return new Run.Subject(
                scenario,
                "startup",
                new HostClass(cpu, "1 socket", "24 GiB"),
                List.of(new Run.Target("vm", TargetKind.VM, "libvirt", emulated)));
    }
}
