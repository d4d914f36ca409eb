package dev.bench.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bench.compare.render.GithubAnnotations;
import dev.bench.compare.render.HtmlComparison;
import dev.bench.compare.render.JsonComparison;
import dev.bench.compare.render.JunitComparison;
import dev.bench.compare.render.MarkdownComparison;
import dev.bench.compare.render.OpenMetricsComparison;
import dev.bench.compare.render.TerminalComparison;
import dev.bench.result.Metric;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compares files of JMH in which no benchmark by itself says enough. */
final class WholeTest {
    @TempDir
    private Path directory = Path.of("");

    @Test
    void findsWhatAllOfFortyBenchmarksShareAndNoneShowsAlone() {
        ComparisonReport report = compare(many("base.json", "us/op", 10, 1), many("head.json", "us/op", 12.5, 2));

        assertTrue(report.rows().stream().allMatch(row -> row.outcome() == Outcome.INCONCLUSIVE));
        assertEquals(Outcome.REGRESSED, report.outcome());
        assertEquals(40, report.whole().worse());
        assertEquals(1.25, report.whole().ratio(), 0.02);
        assertTrue(TerminalComparison.render(report).contains("\nall together: regressed, 40 of 40 worse"));
        assertTrue(MarkdownComparison.render(report).contains("- all together: regressed"));
        assertTrue(HtmlComparison.render(report, "bench").contains("<h3>All together</h3><p>regressed"));
        assertTrue(JsonComparison.render(report).contains("\"whole\" : {\n    \"verdict\" : \"regressed\""));
        assertTrue(JunitComparison.render(report)
                .contains("<testcase classname=\"whole\" name=\"all together\" time=\"0\"><failure"));
        assertTrue(OpenMetricsComparison.render(report).contains("bench_whole{bench_whole=\"regressed\"} 1\n"));
        assertTrue(GithubAnnotations.render(report).get(0).contains("all together"));
    }

    @Test
    void manyThatAreTheSameAreNoRegression() {
        ComparisonReport report = compare(many("base.json", "us/op", 10, 1), many("head.json", "us/op", 10.1, 2));

        assertEquals(Outcome.EQUIVALENT, report.whole().outcome());
        assertEquals(Outcome.EQUIVALENT, report.outcome());
    }

    @Test
    void aRateThatRisesIsBetterWhateverTheModeIsCalled() {
        ComparisonReport report = compare(many("base.json", "ops/s", 10, 1), many("head.json", "ops/s", 20, 2));

        assertEquals(Metric.Better.HIGHER, report.rows().get(0).measurand().better());
        assertEquals(Outcome.IMPROVED, report.whole().outcome());
        assertTrue(report.sentence().contains("all together improved"), report.sentence());
    }

    @Test
    void fewAreNoWhole() {
        String one =
                JmhFiles.write(directory.resolve("a.json"), JmhFiles.benchmark("x.A", "avgt", "", "us/op", 5, 5, 10));
        String other =
                JmhFiles.write(directory.resolve("b.json"), JmhFiles.benchmark("x.A", "avgt", "", "us/op", 5, 5, 20));

        assertNull(compare(one, other).whole());
    }

    private String many(String name, String unit, double value, int seed) {
        String[] benchmarks = new String[40];
        for (int i = 0; i < benchmarks.length; i++) {
            benchmarks[i] = JmhFiles.benchmark(
                    String.format("x.B%03d", i),
                    "avgt",
                    "",
                    unit,
                    1,
                    5,
                    value * (1 + 0.003 * ((i * 7 + seed) % 5 - 2)));
        }
        return JmhFiles.write(directory.resolve(name), benchmarks);
    }

    private static ComparisonReport compare(String base, String head) {
        return Gates.compare(base, head);
    }
}
