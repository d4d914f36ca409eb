package dev.bench.scoreboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bench.analysis.Analysed;
import dev.bench.compare.Compared;
import dev.bench.compare.Comparer;
import dev.bench.compare.ComparisonReport;
import dev.bench.compare.Gates;
import dev.bench.compare.Outcome;
import dev.bench.compare.Sides;
import dev.bench.compare.StoredResults;
import dev.bench.measure.memory.MemoryReading;
import dev.bench.report.Reports;
import dev.bench.report.TerminalSummary;
import dev.bench.result.Bound;
import dev.bench.result.Result;
import dev.bench.result.ResultStore;
import dev.bench.site.Site;
import dev.bench.verify.Verification;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Shows results of measures that the reports do not name: one that has a view, and one of another version. */
final class OtherMeasuresTest {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void aMeasureOfAnotherVersionIsNamedAndNeverTakenForStartup() throws IOException {
        ResultStore store = store("spin", "spin");
        Analysed analysed = Reports.write(store);
        String html = Files.readString(store.directory().resolve("report.html"));
        String markdown = Files.readString(store.directory().resolve("report.md"));
        String terminal = TerminalSummary.render(analysed, 100);

        assertTrue(html.contains("<p class=\"eyebrow\">bench · spin · "), html);
        assertTrue(html.contains("<h1>spin, spin.size_mib: a 99.5 MiB; b 130 MiB, 1.3×"), html);
        assertTrue(html.contains("this version does not know the measure &#39;spin&#39;"), html);
        assertTrue(
                html.contains("<dt>spin.turns_per_s</dt><dd>a metric that this version does not know, in 1/s.</dd>"));
        assertTrue(html.contains("<svg"), "the headline is drawn");
        assertTrue(markdown.contains("> this version does not know the measure 'spin'"), markdown);
        assertTrue(terminal.contains("spin.turns_per_s (a metric that this version does not know)"), terminal);
        assertTrue(terminal.contains("99.5/s"), terminal);
        for (String text : List.of(html.replaceAll("(?s)<style>.*?</style>|base64,[^\"]*", ""), markdown, terminal)) {
            assertFalse(text.toLowerCase(Locale.ROOT).contains("startup"), text);
            assertFalse(text.contains(" is better."), text);
        }
        assertFalse(
                Files.readString(store.directory().resolve("result.json")).contains("does not know"),
                "another version reads the result too");
        Verification verification = Verification.of(store.directory());
        assertEquals(List.of(), verification.disagreements());
        assertTrue(
                verification.unverified().stream().noneMatch(what -> what.contains("headline")),
                verification.unverified().toString());
    }

    @Test
    void theSummaryOfTheOtherVersionTellsTheHeadlineAndTheOrder() {
        ResultStore store = store("spin", "spin");
        store.write(store.read()
                .withAnalysis(
                        List.of(new Result.MetricSummary(
                                "spin.turns_per_s", "1/s", "a", 20, 0, 1.0, null, null, 0.0, 1.0, 1.0, 0)),
                        List.of(),
                        List.of()));

        Analysed analysed = Reports.write(store);

        assertEquals("spin.turns_per_s", analysed.headline().id());
        assertEquals(1, analysed.metrics().size());
    }

    @Test
    void aChangeWhoseDirectionIsNotKnownIsNeitherBetterNorWorse() {
        ComparisonReport report = Comparer.compare(
                Sides.read(spin().target("a", 100).store(folder.resolve("base"))),
                Sides.read(spin().seed(2).target("a", 150).store(folder.resolve("head"))));

        assertEquals(Outcome.INCONCLUSIVE, report.outcome());
        Compared row = report.rows().get(0);
        assertEquals(List.of("this version does not know which direction of the metric is better"), row.reasons());
        assertTrue(report.notes().get(0).startsWith("this version does not know the measure 'spin'"));
        ComparisonReport same = Comparer.compare(
                Sides.read(folder.resolve("base").toString()),
                Sides.read(spin().seed(3).target("a", 100).store(folder.resolve("same"))));
        assertEquals(Outcome.EQUIVALENT, same.rows().get(0).outcome());
    }

    @Test
    void aGateOfAnotherVersionHoldsItsLimits() {
        Path gate = Path.of(spin().sessions(2)
                .target("a", 100)
                .target("a (baseline)", 100)
                .judged("a")
                .limits(Map.of("spin.size_mib", new Bound(null, 50.0)))
                .store(folder.resolve("gate")));

        ComparisonReport report = Gates.judge(gate, Sides.analysed(gate)).orElseThrow();

        assertEquals(2, report.rows().size());
        assertEquals(Outcome.REGRESSED, report.outcome());
        assertEquals("spin.size_mib", report.limits().get(0).measurand().id());
    }

    @Test
    void everyMeasureHasRowsOnAScoreboard() {
        Scoreboard board = Scoreboard.of(
                List.of(
                        Reports.pieces(store("one", "spin")),
                        Reports.pieces(store("toys", "toy")),
                        Reports.pieces(store("two", "spin"))),
                null);

        assertEquals(
                List.of(
                        "How often does it turn? toys",
                        "What is its spin.size_mib? one",
                        "What is its spin.size_mib? two",
                        "What is its spin.turns_per_s? one",
                        "What is its spin.turns_per_s? two"),
                board.rows().stream()
                        .map(row -> row.question() + " " + row.scenario())
                        .toList());
        assertEquals("spin.turns_per_s", board.rows().get(4).scale());
    }

    @Test
    void aViewOfTestsOnlyBringsItsSectionsWordsAndDetails() throws IOException {
        ResultStore store = store("toys", "toy");
        Analysed bare = Reports.write(store);
        assertEquals(List.of("nothing was read of the toys"), bare.result().warnings());
        store.append(MemoryReading.FILE, new MemoryReading(1, 1, "a", false, 0, false, true, 1, Map.of()));

        Reports.write(new ResultStore(store.directory()));

        String html = Files.readString(store.directory().resolve("report.html"));
        assertTrue(html.contains("<h2>Toys</h2><p>1 turns were read</p>"), html);
        assertTrue(html.contains("<dt>turn</dt><dd>once around</dd>"), html);
        assertTrue(html.contains("<h1>toys, turns of a toy: a 99.5 MiB"), html);
    }

    @Test
    void aPublishedTrendNamesTheMetric() throws IOException {
        for (int day = 1; day < 4; day++) {
            store("spin-" + day, "spin", folder.resolve("all").resolve("spin-" + day));
        }
        new Site(folder.resolve("all"), folder.resolve("site"), "bench 0.1.0", null, step -> {}).publish();

        String index = Files.readString(folder.resolve("site").resolve("index.html"));
        assertTrue(index.contains("spin.size_mib"), index);
    }

    private static StoredResults spin() {
        return new StoredResults()
                .scenario("spin", "spin")
                .metric("spin.turns_per_s")
                .also("spin.size_mib", 1);
    }

    private ResultStore store(String scenario, String measure) {
        return store(scenario, measure, folder.resolve(scenario + "-" + System.nanoTime()));
    }

    private static ResultStore store(String scenario, String measure, Path directory) {
        new StoredResults()
                .scenario(scenario, measure)
                .metric(measure + ".turns_per_s")
                .also(measure + ".size_mib", 1)
                .target("a", 100)
                .target("b", 130)
                .store(directory);
        return new ResultStore(directory);
    }
}
