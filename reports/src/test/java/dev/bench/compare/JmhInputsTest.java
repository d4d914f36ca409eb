package dev.bench.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bench.compare.render.HtmlComparison;
import dev.bench.compare.render.JsonComparison;
import dev.bench.compare.render.JunitComparison;
import dev.bench.compare.render.MarkdownComparison;
import dev.bench.compare.render.OpenMetricsComparison;
import dev.bench.compare.render.TerminalComparison;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compares files of JMH that are odd but legal, and such as hold secrets. */
final class JmhInputsTest {
    @TempDir
    private Path directory = Path.of("");

    @Test
    void aRateThatRisesIsBetterWhateverTheModeIsCalled() {
        String base =
                JmhFiles.write(directory.resolve("a.json"), JmhFiles.benchmark("x.A", "avgt", "", "ops/s", 5, 5, 10));
        String head =
                JmhFiles.write(directory.resolve("b.json"), JmhFiles.benchmark("x.A", "avgt", "", "ops/s", 5, 5, 20));

        assertEquals(Outcome.IMPROVED, compare(base, head).outcome());
    }

    @Test
    void comparesTheRestWhereOneBenchmarkHasNoRawData() {
        String good = JmhFiles.benchmark("x.Good", "avgt", "", "us/op", 5, 5, 10);
        String base = JmhFiles.write(
                directory.resolve("a.json"), good, JmhFiles.benchmark("x.Bad", "avgt", "", "us/op", 5, 5, 10));
        String head = JmhFiles.write(
                directory.resolve("b.json"), good, JmhFiles.benchmark("x.Bad", "avgt", "", "us/op", 0, 0, Double.NaN));

        ComparisonReport report = compare(base, head);

        assertEquals(1, report.rows().size());
        assertTrue(
                report.notes().contains("b.json holds no raw data of x.Bad:avgt (default); the others are compared"),
                report.notes()::toString);
    }

    @Test
    void tellsAFileByItsContentAndTwoOfOneNameByTheirFolders() throws IOException {
        String benchmark = JmhFiles.benchmark("x.A", "avgt", "", "us/op", 5, 5, 10);
        for (String folder : new String[] {"a", "b"}) {
            Files.createDirectory(directory.resolve(folder));
            JmhFiles.write(directory.resolve(folder).resolve("result.json"), benchmark);
        }

        ComparisonReport report = compare(
                directory.resolve("a/result.json").toString(),
                directory.resolve("b/result.json").toString());

        assertEquals(Outcome.EQUIVALENT, report.outcome());
        assertTrue(report.sentence().startsWith("b/result.json against a/result.json"), report.sentence());
    }

    @Test
    void noOutputGivesAwayAPasswordInAParameter() {
        String params = "\"uri\": \"redis://me:hunter2@host/0\", \"apiToken\": \"tok3n\"";
        String file = JmhFiles.write(
                directory.resolve("a.json"),
                JmhFiles.benchmark("x.A", "avgt", params, "us/op", 5, 5, 10),
                JmhFiles.benchmark("x.A", "avgt", params.replace("tok3n", "other"), "us/op", 5, 5, 10));
        String other = JmhFiles.write(
                directory.resolve("b.json"), JmhFiles.benchmark("x.A", "avgt", params, "us/op", 5, 5, 20));

        ComparisonReport report = compare(file, other);

        for (String output : Map.of(
                        "terminal", TerminalComparison.render(report),
                        "markdown", MarkdownComparison.render(report),
                        "html", HtmlComparison.render(report, "bench"),
                        "json", JsonComparison.render(report),
                        "junit", JunitComparison.render(report),
                        "openmetrics", OpenMetricsComparison.render(report))
                .values()) {
            assertFalse(output.contains("hunter2") || output.contains("tok3n"), output);
            assertTrue(output.contains("***") || output.contains("\\*\\*\\*"), output);
        }
    }

    private static ComparisonReport compare(String base, String head) {
        return Gates.compare(base, head);
    }
}
