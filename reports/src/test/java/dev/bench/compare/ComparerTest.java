package dev.bench.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bench.analysis.Margin;
import dev.bench.analysis.Measurand;
import dev.bench.analysis.Series;
import dev.bench.result.Metric;
import dev.bench.result.TargetKind;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ComparerTest {
    @TempDir
    private Path directory;

    @Test
    void findsWhatGotWorseAndWhatGotBetter() {
        String base =
                results(1).target("a", 100).target("b", 100).target("c", 100).store(directory.resolve("base"));
        String head =
                results(2).target("a", 115).target("b", 85).target("c", 100).store(directory.resolve("head"));

        ComparisonReport report = compare(base, head);

        assertFalse(report.paired());
        assertEquals(Outcome.REGRESSED, row(report, "a").outcome());
        assertEquals(1.15, row(report, "a").shift().ratio(), 0.02);
        assertEquals(0, row(report, "a").shift().probabilityLess(), 0.05);
        assertEquals(Outcome.IMPROVED, row(report, "b").outcome());
        assertEquals(Outcome.EQUIVALENT, row(report, "c").outcome());
        assertEquals(Outcome.REGRESSED, report.outcome());
        assertEquals("head against base: regressed (1 regressed, 1 improved, 1 equivalent)", report.sentence());
        assertEquals(3, row(report, "a").family());
        assertTrue(report.rows().stream().noneMatch(row -> row.target().contains("A/A")));
    }

    @Test
    void pairsTargetsOfOneResultBlockByBlock() {
        String base = results(1).target("a", 100).target("b", 120).store(directory.resolve("base"));

        ComparisonReport report = compare(base + "@a", base + "@b");

        assertTrue(report.paired());
        Compared only = report.rows().get(0);
        assertEquals("a → b", only.target());
        assertEquals(Outcome.REGRESSED, only.outcome());
        assertEquals(20, only.shift().baseCount());
        assertTrue(only.shift().method().contains("signed-rank"));
    }

    @Test
    void raisesTheBarForADifferenceToWhatTwoEqualThingsDifferBy() {
        String base = results(1).target("a", 100).store(directory.resolve("base"));
        String head = results(2).target("a", 108).controlSigma(0.2).store(directory.resolve("head"));

        Compared row = row(compare(base, head), "a");

        assertEquals(Margin.PRACTICAL, row.margin().practical());
        assertTrue(row.margin().bar() > 0.1, row.margin().toString());
        assertTrue(
                row.margin().source().contains("wider A/A interval"),
                row.margin().source());
        assertEquals(Outcome.INCONCLUSIVE, row.outcome());
        assertTrue(row.reasons().get(0).contains("the noise of two copies of the same"), row.reasons()::toString);
    }

    @Test
    void doesNotDecideWhatTheDataDoNot() {
        String base =
                results(1).target("quiet", 100).target("a", 100).noise("a", 0.2).store(directory.resolve("base"));
        String head =
                results(2).target("quiet", 100).target("a", 107).noise("a", 0.2).store(directory.resolve("head"));

        Compared row = row(compare(base, head), "a");

        assertEquals(Outcome.INCONCLUSIVE, row.outcome());
        assertFalse(row.reasons().isEmpty());
        assertTrue(row.shift().minimumDetectable(row.margin(), row.family()) > 0.05);
        assertTrue(row.shift().samplesNeeded(row.margin().practical()) > 20);
    }

    @Test
    void anotherClassOfHostDecidesThatNothingIsDecided() {
        String base = results(1).target("a", 100).store(directory.resolve("base"));
        for (Map.Entry<String, String> change : Map.of(
                        "cpu", "Xeon", "topology", "1 socket, 4 cores, 4 threads", "memory", "15900 MiB")
                .entrySet()) {
            String head = results(2)
                    .target("a", 200)
                    .host(change.getKey(), change.getValue())
                    .store(directory.resolve(change.getKey()));
            ComparisonReport report = compare(base, head);

            assertEquals(Outcome.INCONCLUSIVE, row(report, "a").outcome(), change.getKey());
            assertTrue(row(report, "a").reasons().get(0).startsWith("the host's " + change.getKey() + " changed"));
            assertEquals(Outcome.INCONCLUSIVE, report.outcome());
        }
    }

    @Test
    void otherDifferencesAreListedAndDecideNothing() {
        String base = results(1).target("a", 100).store(directory.resolve("base"));
        String head = results(2)
                .target("a", 100, TargetKind.CONTAINER, false, Map.of("engine", "Docker 25"))
                .image("nginx:next")
                .host("kernel", "6.2.0")
                .host("memory", "23900 MiB")
                .host("load average", "9 9 9")
                .store(directory.resolve("head"));

        ComparisonReport report = compare(base, head);

        assertEquals(
                List.of(
                        new Difference(Scope.WORKLOAD, "image", "nginx", "nginx:next", false),
                        new Difference(Scope.HOST, "kernel", "6.1.0", "6.2.0", false),
                        new Difference(Scope.HOST, "memory", "24030 MiB", "23900 MiB", false),
                        new Difference(Scope.ofTarget("a"), "engine", "Docker 24", "Docker 25", false)),
                report.differences());
        assertEquals(Outcome.EQUIVALENT, report.outcome());
    }

    @Test
    void anotherAcceleratorTouchesItsTargetOnly() {
        String base = results(1)
                .target("a", 100)
                .target("vm", 100, TargetKind.VM, false, Map.of("accelerator", "kvm"))
                .store(directory.resolve("base"));
        String head = results(2)
                .target("a", 100)
                .target("vm", 900, TargetKind.VM, true, Map.of("accelerator", "tcg (emulated): no /dev/kvm"))
                .store(directory.resolve("head"));

        ComparisonReport report = compare(base, head);

        assertEquals(Outcome.EQUIVALENT, row(report, "a").outcome());
        assertEquals(Outcome.INCONCLUSIVE, row(report, "vm").outcome());
        assertTrue(row(report, "vm").isEmulated());
        assertTrue(row(report, "vm").reasons().get(0).contains("accelerator changed from kvm to tcg"));
    }

    @Test
    void theReasonForEmulationMayChange() {
        String base = results(1)
                .target("vm", 100, TargetKind.VM, true, Map.of("accelerator", "tcg (emulated): no /dev/kvm"))
                .store(directory.resolve("base"));
        String head = results(2)
                .target("vm", 100, TargetKind.VM, true, Map.of("accelerator", "tcg (emulated), as asked"))
                .store(directory.resolve("head"));

        assertEquals(Outcome.EQUIVALENT, compare(base, head).outcome());
    }

    @Test
    void aPartialResultIsNeverGreenNorRed() {
        String base = results(1).target("a", 100).store(directory.resolve("base"));
        String same = results(2).target("a", 100).partial().store(directory.resolve("same"));
        String worse = results(2).target("a", 200).partial().store(directory.resolve("worse"));

        assertEquals(Outcome.INCONCLUSIVE, compare(base, same).outcome());
        assertEquals(Outcome.INCONCLUSIVE, compare(base, worse).outcome());
        assertTrue(compare(base, same).rows().get(0).reasons().get(0).startsWith("HEAD is a partial result"));
    }

    @Test
    void tooFewSamplesDecideNothing() {
        String base = results(1).target("a", 100).blocks(3).store(directory.resolve("base"));
        String head = results(2).target("a", 200).blocks(3).store(directory.resolve("head"));

        Compared row = row(compare(base, head), "a");

        assertEquals(Outcome.INCONCLUSIVE, row.outcome());
        assertTrue(row.reasons().get(0).startsWith("there are too few samples for an interval, 3 and 3"));
    }

    @Test
    void launchesThatFailAreARegressionOfTheirOwn() {
        String base = results(1).target("a", 100).store(directory.resolve("base"));
        String head = results(2).target("a", 100).failing("a", 12).store(directory.resolve("head"));

        ComparisonReport report = compare(base, head);

        FailureChange change = report.failures().get(0);
        assertEquals(12, change.headFailures());
        assertEquals(20, change.headLaunches());
        assertEquals(Outcome.REGRESSED, change.outcome());
        assertEquals(Outcome.REGRESSED, report.outcome());
        assertTrue(report.sentence().contains("more launches fail on 1 target"), report.sentence());
    }

    @Test
    void aTargetThatNeverGetsReadyAnyMoreHasRegressed() {
        String base = results(1).target("a", 100).target("b", 100).store(directory.resolve("base"));
        String head =
                results(2).target("a", 100).target("b", 100).failing("b", 20).store(directory.resolve("head"));

        ComparisonReport report = compare(base, head);

        assertEquals(Outcome.INCONCLUSIVE, row(report, "b").outcome());
        assertEquals(Outcome.REGRESSED, report.outcome());
    }

    @Test
    void oneLaunchThatFailsDecidesNothing() {
        String base = results(1).target("a", 100).store(directory.resolve("base"));
        String head = results(2).target("a", 100).failing("a", 1).store(directory.resolve("head"));

        ComparisonReport report = compare(base, head);

        assertEquals(Outcome.INCONCLUSIVE, report.failures().get(0).outcome());
        assertEquals(Outcome.EQUIVALENT, report.outcome());
    }

    @Test
    void sessionsThatDisagreeDecideNothing() {
        String base = results(1).target("a", 100).store(directory.resolve("base"));
        String agreeing = results(2).target("a", 115).sessions(2).store(directory.resolve("agreeing"));
        String disagreeing = results(2)
                .target("a", 130)
                .sigma(0.005)
                .sessions(2)
                .secondSessionShift(-0.28)
                .store(directory.resolve("disagreeing"));

        assertEquals(Outcome.REGRESSED, row(compare(base, agreeing), "a").outcome());
        assertEquals(2, row(compare(base, agreeing), "a").directions().size());
        Compared row = row(compare(base, disagreeing), "a");
        assertEquals(Outcome.INCONCLUSIVE, row.outcome());
        assertTrue(row.directions().get(0).estimate() > 0);
        assertTrue(row.directions().get(1).estimate() < 0);
    }

    @Test
    void valuesWithoutARatioDecideNothing() {
        String base = results(1).target("a", 100).store(directory.resolve("base"));
        String head = results(2).target("a", -1).store(directory.resolve("head"));

        Compared row = row(compare(base, head), "a");

        assertEquals(Outcome.INCONCLUSIVE, row.outcome());
        assertEquals(
                "a value is not above zero, so that there is no ratio",
                row.reasons().get(0));
    }

    @Test
    void refusesWhatHasNoTargetInCommonAndNamesBoth() {
        String base = results(1).target("a", 100).store(directory.resolve("base"));
        String head = results(2).target("b", 100).store(directory.resolve("head"));

        ComparisonException refused = assertThrows(ComparisonException.class, () -> compare(base, head));

        assertEquals(
                "no target in common: base has a; head has b; name a target of each as RESULT@TARGET to compare them all"
                        + " the same",
                refused.getMessage());
        assertEquals("a → b", compare(base + "@a", head + "@b").rows().get(0).target());
    }

    @Test
    void refusesWhatHasNoMetricInCommon() {
        String base = results(1).target("a", 100).store(directory.resolve("base"));
        Side empty = new Side(
                directory,
                Side.Kind.RESULT,
                "other",
                "",
                "",
                "",
                null,
                false,
                List.of(new Samples(
                        new Measurand("memory.pss_mib", "MiB", Metric.Better.LOWER, "", ""), "a", false, List.of(), 0)),
                Map.of(),
                List.of(),
                List.of());

        ComparisonException refused =
                assertThrows(ComparisonException.class, () -> Comparer.compare(Sides.read(base), empty));

        assertEquals("no metric in common: base has startup.ready_ms; other has memory.pss_mib", refused.getMessage());
    }

    @Test
    void refusesTheSameResultTwice() {
        String base = results(1).target("a", 100).store(directory.resolve("base"));

        ComparisonException refused = assertThrows(ComparisonException.class, () -> compare(base, base));

        assertTrue(refused.getMessage().startsWith("BASE and HEAD are the same, base"), refused.getMessage());
    }

    @Test
    void namesTargetsThatOnlyOneSideHas() {
        String base = results(1).target("a", 100).target("gone", 100).store(directory.resolve("base"));
        String head = results(2).target("a", 100).target("new", 100).store(directory.resolve("head"));

        List<String> notes = compare(base, head).notes();

        assertTrue(notes.contains("only in BASE, not compared: gone"), notes.toString());
        assertTrue(notes.contains("only in HEAD, not compared: new"), notes.toString());
    }

    @Test
    void higherIsWorseOrBetterAsTheMeasureSays() {
        Side base = side("base", Metric.Better.HIGHER, 100);
        Side worse = side("worse", Metric.Better.HIGHER, 80);

        assertEquals(Outcome.REGRESSED, Comparer.compare(base, worse).outcome());
        assertEquals(Outcome.IMPROVED, Comparer.compare(worse, base).outcome());
    }

    private Side side(String id, Metric.Better better, double value) {
        List<Series.Point> points = IntStream.range(0, 20)
                .mapToObj(i -> new Series.Point(1, i, value * (1 + i * 0.001)))
                .toList();
        return new Side(
                directory.resolve(id),
                Side.Kind.RESULT,
                id,
                "",
                "",
                "",
                null,
                false,
                List.of(new Samples(new Measurand("m", "1/s", better, "", ""), "a", false, points, 0)),
                Map.of(),
                List.of(),
                List.of());
    }

    private static StoredResults results(long seed) {
        return new StoredResults().seed(seed);
    }

    private static ComparisonReport compare(String base, String head) {
        return Comparer.compare(Sides.read(base), Sides.read(head));
    }

    private static Compared row(ComparisonReport report, String target) {
        return report.rows().stream()
                .filter(row -> row.target().equals(target))
                .findFirst()
                .orElseThrow();
    }
}
