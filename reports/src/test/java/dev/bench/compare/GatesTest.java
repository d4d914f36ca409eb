package dev.bench.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bench.analysis.Analysed;
import dev.bench.compare.render.Explanation;
import dev.bench.compare.render.GithubAnnotations;
import dev.bench.compare.render.JsonComparison;
import dev.bench.compare.render.JunitComparison;
import dev.bench.compare.render.MarkdownComparison;
import dev.bench.compare.render.OpenMetricsComparison;
import dev.bench.compare.render.TerminalComparison;
import dev.bench.report.Reports;
import dev.bench.result.Bound;
import dev.bench.result.ResultStore;
import dev.bench.verify.Verification;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class GatesTest {
    private static final String READY = "startup.ready_ms";

    @TempDir
    private Path directory;

    private Path result = Path.of("");

    @Test
    void judgesEveryTargetAgainstItsBaselineAndCorrectsForAll() {
        ComparisonReport verdict = judge(gate().target("a (baseline)", 100)
                .target("a", 115)
                .target("b (baseline)", 50)
                .target("b", 50)
                .judged("a")
                .judged("b"));

        assertEquals(
                List.of("a", "b"), verdict.rows().stream().map(Compared::target).toList());
        assertEquals(Outcome.REGRESSED, row(verdict, "a").outcome());
        assertEquals(Outcome.EQUIVALENT, row(verdict, "b").outcome());
        assertEquals(2, row(verdict, "a").family());
        assertEquals(40, row(verdict, "a").shift().baseCount());
        assertEquals(
                "result against its baseline (runtime runc): regressed (1 regressed, 1 equivalent)",
                verdict.sentence());
        assertTrue(
                verdict.notes().contains("target vm is left out of the gate"),
                verdict.notes().toString());
        assertEquals(List.of(), verdict.differences());
    }

    @Test
    void comparingABaselineWithWhatIsJudgedGivesTheSameVerdict() {
        ComparisonReport verdict = judge(gate().target("a (baseline)", 100)
                .target("a", 104)
                .target("b (baseline)", 50)
                .target("b", 60)
                .budgets(Map.of(READY, 0.02))
                .limits(Map.of(READY, new Bound(null, 55.0)))
                .judged("a")
                .judged("b"));

        ComparisonReport compared = Gates.compare(result + "@a (baseline)", result + "@a");

        assertEquals(List.of(row(verdict, "a")), compared.rows());
        assertEquals(1, compared.limits().size());
        assertEquals(1, Gates.compare(result + "@a", result + "@b").rows().size());
    }

    @Test
    void aBudgetReplacesTheMarginAndIsExplained() {
        StoredResults four = gate().target("a (baseline)", 100).target("a", 103).judged("a");
        assertEquals(Outcome.EQUIVALENT, row(judge(four), "a").outcome());

        ComparisonReport strict = judge(four.budgets(Map.of(READY, 0.02)));

        assertEquals(Outcome.REGRESSED, row(strict, "a").outcome());
        assertTrue(Explanation.of(strict, READY, null)
                .contains("within 2 % two count as the same; a difference takes 2 %: the scenario's budget; "));
    }

    @Test
    void aLimitIsARuleOfItsOwnInEveryOutput() {
        ComparisonReport broken = judge(gate().target("a (baseline)", 100)
                .target("a", 100)
                .limits(Map.of(READY, new Bound(null, 90.0)))
                .judged("a"));

        assertEquals(Outcome.EQUIVALENT, row(broken, "a").outcome());
        assertEquals(Outcome.REGRESSED, broken.outcome());
        String sentence = "startup.ready_ms of a: limit broken, median ";
        assertTrue(TerminalComparison.render(broken).contains("\nlimit: " + sentence));
        assertTrue(MarkdownComparison.render(broken).contains("startup.ready\\_ms of a: limit broken"));
        assertTrue(JsonComparison.render(broken).contains("\"verdict\" : \"broken\""));
        assertTrue(JunitComparison.render(broken).contains("failures=\"1\""));
        assertTrue(OpenMetricsComparison.render(broken).contains(",bench_limit=\"broken\"} 1\n"));
        assertTrue(GithubAnnotations.render(broken).get(0).contains(sentence));
        assertTrue(Explanation.of(broken, READY, "a").contains(sentence));
        assertTrue(broken.sentence().endsWith("regressed (1 equivalent, 1 limit broken)"), broken.sentence());
    }

    @Test
    void aLimitThatIsKeptOrCannotBeJudgedIsNoRegression() {
        StoredResults same = gate().target("a (baseline)", 100).target("a", 100).judged("a");
        assertEquals(
                Outcome.EQUIVALENT,
                judge(same.limits(Map.of(READY, new Bound(50.0, 150.0)))).outcome());
        assertEquals(
                Outcome.INCONCLUSIVE,
                judge(same.limits(Map.of("startup.exec_ms", new Bound(null, 1.0))))
                        .outcome());
    }

    @Test
    void oneSessionFindsNoChangeAndSaysWhy() {
        ComparisonReport verdict = judge(
                gate().sessions(1).target("a (baseline)", 100).target("a", 130).judged("a"));

        assertEquals(Outcome.INCONCLUSIVE, verdict.outcome());
        assertEquals(
                List.of("a gate needs 2 sessions with launches of both"),
                row(verdict, "a").reasons());
    }

    @Test
    void aPartialResultDecidesNothing() {
        ComparisonReport verdict = judge(gate().partial()
                .target("a (baseline)", 100)
                .target("a", 130)
                .limits(Map.of(READY, new Bound(null, 90.0)))
                .judged("a"));

        assertEquals(Outcome.INCONCLUSIVE, verdict.outcome());
        assertEquals(
                List.of("the result is partial: its run ended before its plan did"),
                row(verdict, "a").reasons());
    }

    @Test
    void aTargetWithoutALaunchIsInconclusiveNotMissing() {
        ComparisonReport verdict = judge(
                gate().target("a (baseline)", 100).target("a", 100).judged("a").failing("a", 20));

        assertEquals(Outcome.REGRESSED, verdict.outcome());
        assertEquals(Outcome.INCONCLUSIVE, row(verdict, "a").outcome());
        assertEquals(1, verdict.failures().size());
    }

    @Test
    void theRemovalIsNotGated() {
        ComparisonReport verdict = judge(gate().metric("teardown_ms")
                .target("a (baseline)", 100)
                .target("a", 200)
                .judged("a"));

        assertTrue(verdict.rows().stream().noneMatch(row -> row.measurand().id().equals("teardown_ms")));
    }

    @Test
    void theReportBeginsWithTheVerdict() throws IOException {
        judge(gate().target("a (baseline)", 100).target("a", 130).judged("a"));

        Reports.write(new ResultStore(result));

        assertEquals(List.of(), Verification.of(result).disagreements());

        assertTrue(
                Files.readString(result.resolve("report.html"))
                        .contains(
                                "<h1>result against its baseline (runtime runc): regressed (1 regressed). startup: a (baseline)"));
    }

    @Test
    void aRunThatIsNoGateHasNoVerdict() {
        String plain = gate().target("a", 100).store(directory.resolve("plain"));

        assertEquals(Optional.empty(), Gates.judge(Path.of(plain), Sides.analysed(Path.of(plain))));
    }

    private ComparisonReport judge(StoredResults results) {
        result = directory.resolve(Long.toString(System.nanoTime())).resolve("result");
        results.store(result);
        Analysed analysed = Sides.analysed(result);
        return Gates.judge(Sides.read(result.toString()).source(), analysed).orElseThrow();
    }

    private static StoredResults gate() {
        return new StoredResults().sessions(2);
    }

    private static Compared row(ComparisonReport report, String target) {
        return report.rows().stream()
                .filter(row ->
                        row.target().equals(target) && row.measurand().id().equals(READY))
                .findFirst()
                .orElseThrow();
    }
}
