package dev.bench.compare.render;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bench.compare.Comparer;
import dev.bench.compare.ComparisonException;
import dev.bench.compare.ComparisonReport;
import dev.bench.compare.JmhFiles;
import dev.bench.compare.Sides;
import dev.bench.compare.StoredResults;
import dev.bench.result.TargetKind;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

/** Renders one comparison in every format, also with names that try to break out of each. */
final class RenderingTest {
    /** Ends a line, an attribute, an element, a table cell, a code span, a workflow command and a label. */
    private static final String HOSTILE =
            "x\n::error::owned\r%0A::set-output a|b`c`<script>alert(1)</script>\"'&]]>@team #[v]\u001b[31m\u0000\ufffe\ud800"
                    + "\u202eend\\";

    @TempDir
    private Path directory;

    @Test
    void everyFormatSaysTheSameVerdicts() throws IOException {
        ComparisonReport report = plain();

        assertTrue(TerminalComparison.render(report)
                .startsWith("verdict: head against base: regressed (1 regressed, 1 inconclusive, 1 equivalent)\n"));
        assertTrue(Pattern.compile("  regressed +startup.ready_ms +worse +100 ms +120 ms +1\\.2× +1\\.1[\\d.]*–1\\.2")
                .matcher(TerminalComparison.render(report))
                .find());
        JsonNode json = new ObjectMapper().readTree(JsonComparison.render(report));
        assertEquals("bench-compare/1", json.path("schema").asText());
        assertEquals("regressed", json.path("verdict").asText());
        JsonNode worse = json.path("comparisons").get(0);
        assertEquals("regressed", worse.path("verdict").asText());
        assertEquals(1.2, worse.path("ratio").asDouble(), 0.02);
        assertEquals(20, worse.path("base").path("n").asInt());
        assertTrue(worse.path("ciLow").asDouble() > 1.1);
        assertTrue(MarkdownComparison.render(report)
                .contains("| regressed | startup.ready\\_ms | worse | 100 ms | 120 ms |"));
        assertTrue(HtmlComparison.render(report, "bench 0.1.0").contains("<span class=\"bad\">regressed</span>"));
        assertTrue(OpenMetricsComparison.render(report)
                .contains("bench_verdict{metric=\"startup.ready_ms\",target=\"worse\",unit=\"ms\",emulated=\"false\","
                        + "bench_verdict=\"regressed\"} 1\n"));
        assertEquals(2, GithubAnnotations.render(report).size());
    }

    @Test
    void junitCountsRegressionsAsFailuresAndDoubtAsSkipped() throws Exception {
        Document document = parse(JunitComparison.render(plain()));

        Element suite = (Element) document.getElementsByTagName("testsuite").item(0);
        assertEquals("3", suite.getAttribute("tests"));
        assertEquals("1", suite.getAttribute("failures"));
        assertEquals("1", suite.getAttribute("skipped"));
        Element failure = (Element) document.getElementsByTagName("failure").item(0);
        assertTrue(
                failure.getAttribute("message").startsWith("startup.ready_ms of worse: regressed, 100 ms to 120 ms"));
        Element failed = (Element) failure.getParentNode();
        assertEquals("startup.ready_ms", failed.getAttribute("classname"));
        assertEquals("worse", failed.getAttribute("name"));
        Element skipped = (Element) document.getElementsByTagName("skipped").item(0);
        assertTrue(skipped.getAttribute("message").contains("accelerator changed"));
    }

    @Test
    void emulatedFiguresAreMarkedInEveryFormat() {
        ComparisonReport report = plain();

        assertTrue(TerminalComparison.render(report).contains("vm (emulated)"));
        assertTrue(MarkdownComparison.render(report).contains("vm (emulated)"));
        assertTrue(JunitComparison.render(report).contains("vm (emulated)"));
        assertTrue(HtmlComparison.render(report, "bench").contains("vm <span class=\"badge\">emulated</span>"));
        assertTrue(JsonComparison.render(report).contains("\"emulated\" : true"));
        assertTrue(OpenMetricsComparison.render(report).contains("target=\"vm\",unit=\"ms\",emulated=\"true\""));
        assertTrue(String.join("\n", GithubAnnotations.render(report)).contains("vm (emulated)"));
    }

    @Test
    void theHtmlIsOneFileWithoutScriptOrNetwork() {
        String html = HtmlComparison.render(plain(), "bench 0.1.0");

        assertFalse(html.contains("<script"));
        assertFalse(Pattern.compile("(?:src|href)=\"(?!#|data:)").matcher(html).find());
        assertTrue(html.contains("worse, BASE") && html.contains("worse, HEAD"));
        assertEquals(3, Pattern.compile("<svg").matcher(html).results().count());
        List<String> identifiers = Pattern.compile(" id=\"([^\"]+)\"")
                .matcher(html)
                .results()
                .map(match -> match.group(1))
                .toList();
        assertEquals(identifiers.stream().distinct().toList(), identifiers);
    }

    @Test
    void hostileNamesBreakOutOfNoFormat() throws Exception {
        ComparisonReport report = hostile();
        assertTrue(report.rows().get(0).target().contains("alert(1)"));

        String terminal = TerminalComparison.render(report);
        assertFalse(
                Pattern.compile("[\\x00-\\x09\\x0b-\\x1f\\x7f\\u202e]")
                        .matcher(terminal)
                        .find(),
                terminal);
        assertNoCommand(terminal);

        String markdown = MarkdownComparison.render(report);
        assertFalse(markdown.contains("<script"));
        assertFalse(markdown.contains("@team"));
        assertNoCommand(markdown);
        String row = markdown.lines()
                .filter(line -> line.contains("alert(1)"))
                .skip(1)
                .findFirst()
                .orElseThrow();
        assertEquals(11, Pattern.compile("(?<!\\\\)\\|").matcher(row).results().count(), row);
        assertFalse(Pattern.compile("(?<!\\\\)`").matcher(markdown).find());

        String html = HtmlComparison.render(report, "bench " + HOSTILE);
        assertFalse(html.contains("<script"));
        assertFalse(html.contains("\u001b"));

        Document junit = parse(JunitComparison.render(report));
        Element test = (Element) junit.getElementsByTagName("testcase").item(0);
        assertTrue(test.getAttribute("name").contains("<script>alert(1)</script>\"'&]]>"));
        assertNoCommand(JunitComparison.render(report));

        for (String annotation : GithubAnnotations.render(report)) {
            assertTrue(annotation.startsWith("::error title=bench%3A regressed::"), annotation);
            assertFalse(annotation.contains("\n") || annotation.contains("\r"), annotation);
            assertTrue(annotation.contains("%0A::error::owned"), annotation);
            assertTrue(annotation.contains("%250A"), annotation);
        }

        JsonNode json = new ObjectMapper().readTree(JsonComparison.render(report));
        assertTrue(json.path("comparisons").get(0).path("target").asText().startsWith("x\n::error::owned\r%0A"));

        String metrics = OpenMetricsComparison.render(report);
        Pattern line = Pattern.compile("(?:# (?:TYPE|HELP) [a-z_]+ .+|# EOF"
                + "|[a-z_]+\\{(?:[a-z_]+=\"(?:[^\"\\\\]|\\\\[\"\\\\n])*\",?)+\\} [-0-9.E]+)");
        metrics.lines().forEach(metric -> assertTrue(line.matcher(metric).matches(), metric));
        assertTrue(metrics.endsWith("# EOF\n"));

        assertNoCommand(Explanation.of(report, "startup.ready_ms", null));
    }

    @Test
    void hostileNamesInAFileOfJmhBreakOutOfNoFormat() throws Exception {
        String name = "::error::a.B<script>.c|\\u0007\\u0000";
        String base = JmhFiles.write(
                directory.resolve("base.json"),
                JmhFiles.benchmark(name, "avgt", "\"p\": \"##[error]x\"", "`|<b>", 5, 5, 100));
        String head = JmhFiles.write(
                directory.resolve("head.json"),
                JmhFiles.benchmark(name, "avgt", "\"p\": \"##[error]x\"", "`|<b>", 5, 5, 200));
        ComparisonReport report = Comparer.compare(Sides.read(base), Sides.read(head));

        assertNoCommand(TerminalComparison.render(report));
        assertFalse(HtmlComparison.render(report, "bench").contains("<script>"));
        assertFalse(MarkdownComparison.render(report).contains("<b>"));
        parse(JunitComparison.render(report));
    }

    @Test
    void moreAnnotationsThanGithubShowsAreCounted() {
        StoredResults base = new StoredResults();
        StoredResults head = new StoredResults().seed(2);
        for (int i = 0; i < 12; i++) {
            base.target("t" + i, 100);
            head.target("t" + i, 150);
        }
        List<String> annotations = GithubAnnotations.render(compare(base, head));

        assertEquals(10, annotations.size());
        assertTrue(annotations.get(0).contains("all together"), annotations.get(0));
        assertEquals("::error title=bench%3A regressed::and 4 more, see the summary", annotations.get(9));
    }

    @Test
    void agreementIsOneNotice() {
        assertEquals(
                List.of("::notice title=bench%3A equivalent::head against base: equivalent (1 equivalent)"),
                GithubAnnotations.render(compare(
                        new StoredResults().target("a", 100),
                        new StoredResults().seed(2).target("a", 100))));
    }

    @Test
    void explainsTheVerdictOfTwoResultsWithTheNumbersOfEachStep() {
        String text = Explanation.of(plain(), "startup.ready_ms", "worse");

        assertTrue(text.startsWith("explained: startup.ready_ms of worse, head against base: regressed\n"), text);
        for (String part : List.of(
                "BASE: 20 samples in 1 session, 0 failed; median 100 ms, CI ",
                "HEAD: 20 samples in 1 session, 0 failed; median 120 ms, CI ",
                "Estimate: Hodges-Lehmann, Mann-Whitney interval, on logarithms: HEAD / BASE = 1.1994.",
                "Margin: within 5 % two count as the same; a difference takes 5 %: twice the half-width of the wider A/A interval is only ",
                "Holm: p < 0.0001, number ",
                " of 3 from the smallest",
                "the test rejects (yes), the interval excludes 1 (yes)",
                "Verdict: regressed.")) {
            assertTrue(text.contains(part), part + " in " + text);
        }
    }

    @Test
    void explainsTheVerdictOfATargetAgainstTheReference() {
        String result = new StoredResults().target("a", 100).target("b", 130).store(directory.resolve("result"));

        String text = Explanation.of(Sides.analysed(Path.of(result)), "startup.ready_ms", "b");

        assertTrue(text.startsWith("explained: startup.ready_ms of b against a: higher\n"), text);
        assertTrue(text.contains("Ratios: b / a within a block, 20 blocks: 1."), text);
        assertTrue(text.contains("Hodges-Lehmann, exact signed-rank interval"), text);
        assertTrue(text.contains("Verdict: higher."), text);
        assertEquals(
                2,
                Explanation.of(Sides.analysed(Path.of(result)), "startup.ready_ms", null)
                                .split("explained:", -1)
                                .length
                        - 1);
    }

    @Test
    void refusesToExplainWhatWasNotComparedAndNamesWhatWas() {
        String result = new StoredResults().target("a", 100).target("b", 130).store(directory.resolve("result"));

        assertEquals(
                "nothing was compared of metric 'memory' and target 'c'. Metrics: startup.ready_ms; targets: b, a (A/A)",
                assertThrows(
                                ComparisonException.class,
                                () -> Explanation.of(Sides.analysed(Path.of(result)), "memory", "c"))
                        .getMessage());
        assertEquals(
                "target 'a' is the reference: every other target is held against it",
                assertThrows(
                                ComparisonException.class,
                                () -> Explanation.of(Sides.analysed(Path.of(result)), "startup.ready_ms", "a"))
                        .getMessage());
        assertThrows(ComparisonException.class, () -> Explanation.of(plain(), "startup.ready_ms", "none"));
    }

    @Test
    void aComparisonWithoutOneFigureIsRenderedAllTheSame() throws Exception {
        ComparisonReport report = compare(
                new StoredResults().target("a", 100).failing("a", 20),
                new StoredResults().seed(2).target("a", 100).failing("a", 20));

        assertTrue(TerminalComparison.render(report).contains("inconclusive"));
        assertFalse(HtmlComparison.render(report, "bench").contains("NaN"));
        assertFalse(OpenMetricsComparison.render(report).contains("NaN"));
        new ObjectMapper().readTree(JsonComparison.render(report));
        parse(JunitComparison.render(report));
    }

    /** A runner takes a line for a command that begins with two colons, or holds the older form anywhere. */
    private static void assertNoCommand(String text) {
        text.lines().forEach(line -> assertFalse(line.strip().startsWith("::") || line.contains("##["), line));
    }

    private ComparisonReport plain() {
        return compare(
                new StoredResults()
                        .sigma(0.005)
                        .target("worse", 100)
                        .target("same", 100)
                        .target("vm", 100, TargetKind.VM, false, Map.of("accelerator", "kvm")),
                new StoredResults()
                        .sigma(0.005)
                        .seed(2)
                        .target("worse", 120)
                        .target("same", 100)
                        .target("vm", 100, TargetKind.VM, true, Map.of("accelerator", "tcg (emulated)")));
    }

    private ComparisonReport hostile() {
        return compare(
                new StoredResults().target(HOSTILE, 100).image(HOSTILE).host("kernel", HOSTILE),
                new StoredResults().seed(2).target(HOSTILE, 150).image("plain").host("kernel", "6.1"));
    }

    private ComparisonReport compare(StoredResults base, StoredResults head) {
        return Comparer.compare(
                Sides.read(base.store(directory.resolve("base"))), Sides.read(head.store(directory.resolve("head"))));
    }

    private static Document parse(String xml) throws Exception {
        return DocumentBuilderFactory.newDefaultInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(xml)));
    }
}
