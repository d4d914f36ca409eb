package dev.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bench.analysis.Analysed;
import dev.bench.result.Result;
import dev.bench.result.ResultException;
import dev.bench.result.ResultStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportsTest {
    private static final String HOSTILE = "<script>alert('x')</script>\"&`|*";

    @TempDir
    private Path directory;

    @Test
    void saysTheVerdictFirstAndMarksTheEmulatedTarget() throws IOException {
        ResultStore store = Samples.store(directory, "plain", 20);
        Analysed analysed = Reports.write(store);
        String html = Files.readString(directory.resolve("report.html"));
        Matcher sentence = Pattern.compile(
                        "<h1>startup: container 2\\d\\d ms; process 4[\\d.]+ ms, 0\\.1[\\d]*×, CI [^;]+;"
                                + " vm 3\\.1\\d* s \\(emulated\\), 1[\\d.]+×, CI ")
                .matcher(html);
        assertTrue(sentence.find(), html.substring(html.indexOf("<h1>"), html.indexOf("</h1>")));
        assertEquals(
                "lower",
                analysed.comparison("startup.ready_ms", "process").orElseThrow().verdict());
        assertEquals(
                "higher",
                analysed.comparison("startup.ready_ms", "vm").orElseThrow().verdict());
        assertEquals(
                "equivalent",
                analysed.comparison("startup.ready_ms", "container (A/A)")
                        .orElseThrow()
                        .verdict());
        assertTrue(html.contains("vm <span class=\"badge\">emulated</span>"));
        assertTrue(Files.readString(directory.resolve("report.md")).contains("vm (emulated)"));
        assertTrue(TerminalSummary.render(analysed, 100).contains("vm (emulated)"));
    }

    @Test
    void aReportThatCannotBeRenderedCostsNothingMeasured() throws IOException {
        ResultStore store = Samples.store(directory, "plain", 20);
        String launches = Files.readString(directory.resolve("launches.jsonl"));
        ReportException failure = assertThrows(
                ReportException.class,
                () -> Reports.write(store, (result, analysed) -> {
                    throw new UnsatisfiedLinkError("libharfbuzz.so.0: cannot open shared object file");
                }));
        assertEquals(
                "the report could not be rendered (java.lang.UnsatisfiedLinkError: libharfbuzz.so.0: cannot open shared"
                        + " object file); everything measured is kept in " + directory + ", and `bench report "
                        + directory + "` renders it again",
                failure.getMessage());
        assertEquals(launches, Files.readString(directory.resolve("launches.jsonl")));
        assertFalse(store.read().comparisons().isEmpty(), "the analysis is stored before anything is drawn");
        assertFalse(Files.exists(directory.resolve("report.html")));
        Reports.write(store);
        assertTrue(Files.exists(directory.resolve("report.html")));
    }

    @Test
    void countsFailuresAndAveragesNone() {
        Analysed analysed = Reports.write(Samples.store(directory, "plain", 20));
        Result.MetricSummary vm = analysed.summary("startup.ready_ms", "vm").orElseThrow();
        assertEquals(19, vm.n());
        assertEquals(1, vm.failures());
        assertEquals(
                20,
                analysed.summary("startup.ready_ms", "container").orElseThrow().n());
        assertEquals(
                19, analysed.comparison("startup.ready_ms", "vm").orElseThrow().pairs());
    }

    @Test
    void isOneFileWithoutScriptOrNetwork() throws IOException {
        Reports.write(Samples.store(directory, "plain", 20));
        String html = Files.readString(directory.resolve("report.html"));
        assertFalse(html.contains("<script"));
        assertFalse(Pattern.compile("(?:src|href)=\"(?!#|data:)").matcher(html).find());
        assertFalse(html.contains("url(http"));
        assertFalse(html.contains("@import"));
    }

    @Test
    void escapesEveryNameThatComesFromOutside() throws IOException {
        ResultStore store = Samples.store(directory, HOSTILE, 12);
        Files.writeString(store.logs().resolve("vm.log"), "last words " + HOSTILE);
        Reports.write(store);
        String html = Files.readString(directory.resolve("report.html"));
        assertFalse(html.contains("<script"));
        assertTrue(html.contains("last words &lt;script&gt;"));
        assertFalse(Files.readString(directory.resolve("report.md")).contains("<script"));
    }

    @Test
    void everyIdentifierOfThePageIsUnique() throws IOException {
        Reports.write(Samples.store(directory, "plain", 20));
        String html = Files.readString(directory.resolve("report.html"));
        List<String> identifiers = Pattern.compile(" id=\"([^\"]+)\"")
                .matcher(html)
                .results()
                .map(match -> match.group(1))
                .toList();
        assertEquals(identifiers.stream().distinct().toList(), identifiers);
    }

    @Test
    void carriesTheRawLaunches() throws IOException {
        ResultStore store = Samples.store(directory, "plain", 20);
        Reports.write(store);
        String html = Files.readString(directory.resolve("report.html"));
        Matcher link = Pattern.compile("data:application/gzip;base64,([A-Za-z0-9+/=]+)")
                .matcher(html);
        assertTrue(link.find());
        byte[] packed = Base64.getDecoder().decode(link.group(1));
        String lines = new String(
                new GZIPInputStream(new ByteArrayInputStream(packed)).readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(store.launches().size(), lines.lines().count());
    }

    @Test
    void leavesAGoodReportWhereTheLaunchesAreGone() throws IOException {
        ResultStore store = Samples.store(directory, "plain", 20);
        Reports.write(store);
        String good = Files.readString(directory.resolve("report.html"));
        String result = Files.readString(directory.resolve("result.json"));
        Files.delete(directory.resolve("launches.jsonl"));

        assertThrows(ResultException.class, () -> Reports.write(store));

        assertEquals(good, Files.readString(directory.resolve("report.html")));
        assertEquals(result, Files.readString(directory.resolve("result.json")));
    }

    @Test
    void rendersTheSameAgain() throws IOException {
        ResultStore store = Samples.store(directory, "plain", 20);
        Reports.write(store);
        String first = Files.readString(directory.resolve("report.html"));
        Reports.write(store);
        assertEquals(first, Files.readString(directory.resolve("report.html")));
    }
}
