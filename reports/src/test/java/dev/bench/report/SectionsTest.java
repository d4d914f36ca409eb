package dev.bench.report;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bench.analysis.Analysed;
import dev.bench.analysis.Analysis;
import dev.bench.document.Document;
import dev.bench.document.HtmlPage;
import dev.bench.document.MarkdownPage;
import dev.bench.document.Part;
import dev.bench.measure.scaleout.ScaleOutTrial;
import dev.bench.measure.scaleout.ScaleOutTrial.Density;
import dev.bench.measure.scaleout.ScaleOutTrial.LoadPoint;
import dev.bench.measure.scaleout.ScaleOutTrial.Start;
import dev.bench.result.Failure;
import dev.bench.result.Identity;
import dev.bench.result.Launch;
import dev.bench.result.Phase;
import dev.bench.result.PhaseName;
import dev.bench.result.Quantile;
import dev.bench.result.Result;
import dev.bench.result.TargetKind;
import dev.bench.view.ReportContext;
import dev.bench.view.Section;
import dev.bench.view.Views;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Renders each section of results in which something is missing. */
final class SectionsTest {
    @BeforeAll
    static void drawWithoutAScreen() {
        System.setProperty("java.awt.headless", "true");
    }

    @Test
    void aRunWithoutOneLaunchIsStillReported() {
        ReportContext context = context(List.of(), List.of());

        assertWellFormed(context);
        assertEquals(Optional.empty(), content("Plots", context));
        assertEquals(Optional.empty(), content("Where the time goes", context));
        assertEquals(Optional.empty(), content("Failures", context));
        assertTrue(render("Repeat and check", context).contains("raw launches (0,"));
        assertTrue(VerdictSentence.of(context.analysed()).contains("docker not measured; vm not measured"));
    }

    @Test
    void failuresOnlyAreCountedInTheComparison() {
        List<Launch> launches = new ArrayList<>();
        for (int block = 0; block < 4; block++) {
            launches.add(failed(block, "docker"));
            launches.add(failed(block, "vm"));
        }
        ReportContext context = context(launches, List.of());

        assertWellFormed(context);
        String comparison = render("Comparison", context);
        assertTrue(comparison.contains("Startup to ready"), comparison);
        assertEquals(2, occurrences(comparison, "<td>0</td><td><span class=\"bad\">3</span></td>"), comparison);
        assertTrue(context.analysed().result().warnings().stream()
                .anyMatch(warning -> warning.startsWith("3 of 3 launches of target vm failed")));
        assertEquals(Optional.empty(), content("Plots", context));
        assertEquals(Optional.empty(), content("Where the time goes", context));
        assertTrue(render("Failures", context).contains("8 of 8 launches failed"));
        assertTrue(VerdictSentence.of(context.analysed()).contains("docker never ready; vm never ready"));
        assertTrue(MarkdownPage.render(ReportDocument.brief(context.analysed()))
                .contains("| vm | – | – | – | – | inconclusive | 0 | 3 |"));
        assertTrue(TerminalSummary.render(context.analysed(), 100).contains("inconclusive"));
    }

    @Test
    void aReferenceThatAlwaysFailsLeavesTheOthersTheirFigures() {
        List<Launch> launches = new ArrayList<>();
        for (int block = 0; block < 8; block++) {
            launches.add(failed(block, "docker"));
            launches.add(good(block, "vm", 3_000 + block));
        }
        ReportContext context = context(launches, List.of());

        assertWellFormed(context);
        String comparison = render("Comparison", context);
        assertTrue(comparison.contains("<strong>3 s</strong>"), comparison);
        assertFalse(comparison.contains("NaN"), comparison);
        assertTrue(VerdictSentence.of(context.analysed()).contains("docker never ready; vm 3 s"));
        assertTrue(render("Plots", context).contains("Every launch"));
        assertFalse(render("Plots", context).contains("as a ratio to"));
        assertTrue(render("Method", context).contains("<dt>ratio</dt><dd>none</dd>"));
    }

    @Test
    void oneLaunchGivesAFigureAndNoInterval() {
        ReportContext context = context(List.of(good(1, "docker", 250), good(1, "vm", 500)), List.of());

        assertWellFormed(context);
        String comparison = render("Comparison", context);
        assertTrue(comparison.contains("<strong>250 ms</strong></td><td>–</td><td>reference</td>"), comparison);
        assertTrue(comparison.contains("<strong>500 ms</strong></td><td>–</td><td>2×</td><td>–</td>"), comparison);
        assertTrue(comparison.contains("inconclusive"), comparison);
        String plots = render("Plots", context);
        assertFalse(plots.contains("as a ratio to"));
        assertTrue(plots.contains("Every launch"));
        assertTrue(render("Where the time goes", context).contains("The parts add up to the last moment, 250 ms"));
        assertEquals("startup: docker 250 ms; vm 500 ms, 2×", VerdictSentence.of(context.analysed()));
    }

    @Test
    void launchesOfTheSameLengthHaveNoSpread() {
        List<Launch> launches = new ArrayList<>();
        for (int block = 1; block < 25; block++) {
            launches.add(good(block, "docker", 100));
            launches.add(good(block, "vm", 100));
        }
        ReportContext context = context(launches, List.of());

        assertWellFormed(context);
        assertTrue(render("Comparison", context).contains("<td>equivalent</td>"));
    }

    @Test
    void momentsThatNotEveryLaunchHasAreLeftOut() {
        Launch whole = good(1, "docker", 250);
        Launch without = new Launch(
                1,
                2,
                0,
                "docker",
                false,
                true,
                "",
                whole.values(),
                List.of(new Phase(PhaseName.REQUEST, 0), new Phase(PhaseName.READY, 250)),
                null);
        ReportContext context = context(List.of(whole, without, good(1, "vm", 500)), List.of());

        String waterfall = render("Where the time goes", context);
        assertEquals(1, occurrences(waterfall, ">exec</th>"), waterfall);
        assertEquals(2, occurrences(waterfall, ">ready</th>"), waterfall);
        assertFalse(waterfall.contains("do not add up"), waterfall);
    }

    @Test
    void aProofThatDidNotRunIsSaidSo() {
        ReportContext context = context(List.of(good(1, "docker", 250)), List.of());

        assertTrue(render("Identity", context).contains("The proof did not run."));
    }

    @Test
    void whatDiffersAlthoughItMayNotIsMarked() {
        Identity one = identity("ab".repeat(32), "6.1.0");
        Identity other = identity("cd".repeat(32), "6.6.0");

        String same = render("Identity", context(List.of(), List.of(one, identity("ab".repeat(32), "6.6.0"))));
        assertFalse(same.contains("✗"), same);
        assertEquals(1, occurrences(same, "differs by nature"), same);
        String differs = render("Identity", context(List.of(), List.of(one, other)));
        assertEquals(1, occurrences(differs, "✗ differs"), differs);
        // One target alone is proved too.
        assertTrue(render("Identity", context(List.of(), List.of(one))).contains("✓ same"));
    }

    @Test
    void aUserThatATargetDeclaresIsListedAndIsNoFault() {
        Identity image = identity("ab", "6.1");
        Identity own = new Identity(
                        "ab", image.argv(), List.of("A=2"), 1000, 0, "/", "6.1", 1, 256L << 20, null, Map.of())
                .withDeclaredUser("1000");

        String section = render("Identity", context(List.of(), List.of(image, own)));
        assertFalse(section.contains("✗"), section);
        assertEquals(2, occurrences(section, "✓ as declared"), section);
        assertTrue(section.contains("<code>the image&#39;s</code></td><td><code>1000</code>"), section);
        Identity undeclared = own.withDeclaredUser(null);
        String differs = render("Identity", context(List.of(), List.of(image, undeclared)));
        assertEquals(2, occurrences(differs, "✗ differs"), differs);
    }

    @Test
    void aTreeThatWasReadInAnEarlierRunIsSaidSo() {
        Identity now = identity("ab", "6.1");
        Identity before = new Identity(
                "ab", now.argv(), now.env(), 0, 0, "/", "6.1", 1, 256L << 20, "2026-11-24T11:00:00Z", Map.of());

        assertFalse(render("Identity", context(List.of(), List.of(now))).contains("tree read"));
        String section = render("Identity", context(List.of(), List.of(now, before)));
        assertTrue(section.contains("in this run"), section);
        assertTrue(section.contains("on 2026-11-24 11:00:00 UTC; disk and kernel the same to the byte"), section);
    }

    @Test
    void whatIsNotAlikeInsideIsListedWithItsReason() {
        Identity one = identity("ab", Map.of("umask", "0022", "capabilities, CapBnd", "3f", "mounts", "/ ext4\n/dev"));
        Identity other =
                identity("ab", Map.of("umask", "0022", "capabilities, CapBnd", "ff", "mounts", "/ overlay\n/dev"));

        String section = render("Identity", context(List.of(), List.of(one, other)));
        assertTrue(section.contains("<code>3f</code></td><td><code>ff</code></td><td>a process and"), section);
        assertTrue(section.contains("<code>/ ext4</code>"), section);
        assertTrue(section.contains("The same everywhere: umask."), section);
        assertFalse(render("Identity", context(List.of(), List.of(identity("ab", "6.1"))))
                .contains("The same everywhere"));
    }

    private static Identity identity(String digest, Map<String, String> attributes) {
        return new Identity(
                digest, List.of("serve"), List.of("A=1"), 0, 0, "/", "6.1", 1, 256L << 20, null, attributes);
    }

    @Test
    void aDigestShorterThanUsualIsShownWhole() {
        assertTrue(render("Identity", context(List.of(), List.of(identity("ab", "6.1"))))
                .contains("<code>ab"));
    }

    @Test
    void aStartupHasNoSectionsOfScaleOut() {
        ReportContext context = context(List.of(good(1, "docker", 250)), List.of());

        assertEquals(Optional.empty(), content("Starts over time", context));
        assertEquals(Optional.empty(), content("Throughput", context));
    }

    @Test
    void failedStartsStayInTheDenominator() {
        List<Start> starts = List.of(new Start(0, 250.0, 250, null), new Start(0, null, 900, "too <late>"));
        ReportContext context = context(new ScaleOutTrial(1, 1, "docker", false, starts, null, List.of(), null));

        assertWellFormed(context);
        String section = render("Starts over time", context);
        assertTrue(section.contains("<td>2</td><td><span class=\"bad\">1</span></td><td>250 ms</td>"), section);
        assertTrue(section.contains("<td>1</td><td><span class=\"wrap\">too &lt;late&gt;</span></td>"), section);
        assertEquals(Optional.empty(), content("Throughput", context));
    }

    @Test
    void aPointThatTheClientBoundsIsMarkedWhereverItStands() {
        ReportContext context = context(loaded("docker", false), loaded("vm", true));

        assertWellFormed(context);
        String section = render("Throughput", context);
        assertTrue(section.contains("Requests per second over instances, closed loop"), section);
        assertTrue(section.contains("Latency over instances, open loop, 100/s each"), section);
        assertTrue(section.contains("Latency by percentile, 100/s each, 2 instances"), section);
        assertTrue(section.contains("vm, no result"), "hollow points have their own entry in the legend");
        assertFalse(section.contains("docker, no result"), section);
        assertTrue(section.contains("vm <span class=\"badge\">client-bound, no result</span>"), section);
        assertTrue(section.contains("Instances within p99 ≤ 50 ms at 100/s each"), section);
        assertTrue(section.contains("p99 above the bound at 2 instances"), section);
        assertFalse(section.contains("(80.0 ms)"), "what was seen differs from trial to trial");
    }

    @Test
    void loadsThatWereNeverAppliedAreListedWithoutFigures() {
        ReportContext context = context(new ScaleOutTrial(
                1,
                1,
                "docker",
                false,
                List.of(new Start(0, 250.0, 250, null)),
                null,
                List.of(
                        LoadPoint.skipped(2, LoadPoint.CLOSED, "only 1 of 2"),
                        LoadPoint.skipped(2, "100/s each", "only 1 of 2")),
                new Density("100/s each", 50, 0, "only 1 of 2")));

        assertWellFormed(context);
        assertTrue(render("Throughput", context).contains("only 1 of 2"));
    }

    private static ScaleOutTrial loaded(String target, boolean clientBound) {
        List<LoadPoint> points = new ArrayList<>();
        for (int instances = 2; instances >= 1; instances--) {
            points.add(point(instances, LoadPoint.CLOSED, 9_000, clientBound));
            points.add(point(instances, "100/s each", 100.0 * instances, clientBound));
        }
        return new ScaleOutTrial(
                1,
                1,
                target,
                false,
                List.of(new Start(0, 250.0, 250, null), new Start(0, 300.0, 300, null)),
                new Start(0, 270.0, 270, null),
                points,
                new Density("100/s each", 50, 1, "p99 above the bound at 2 instances (80.0 ms)"));
    }

    private static LoadPoint point(int instances, String load, double rate, boolean clientBound) {
        List<Quantile> quantiles = List.of(new Quantile(50, 1), new Quantile(99, 5), new Quantile(100, 20));
        return new LoadPoint(
                instances, load, rate, rate, Math.round(rate), 0, 0, quantiles, quantiles, 0.1, 0.5, clientBound, null);
    }

    @Test
    void aFailureWithoutALogSaysSo() {
        Launch logged = new Launch(
                1, 1, 0, "vm", false, false, "", Map.of(), List.of(), new Failure("exited", "gone", "logs/vm.log"));
        ReportContext context = context(List.of(failed(1, "docker"), logged), List.of());

        String failures = render("Failures", context);
        assertEquals(1, occurrences(failures, "(no output)"), failures);
        assertTrue(failures.contains("the end of logs/vm.log"), failures);
    }

    @Test
    void ofManyFailuresTheFirstAreShownAndAllAreCounted() {
        List<Launch> launches = new ArrayList<>();
        for (int block = 0; block < 21; block++) {
            launches.add(failed(block, "vm"));
        }

        String failures = render("Failures", context(launches, List.of()));
        assertTrue(failures.contains("21 of 21 launches failed"), failures);
        assertEquals(20, occurrences(failures, "<details>"));
        assertTrue(failures.contains("The others stand in launches.jsonl."), failures);
    }

    private static void assertWellFormed(ReportContext context) {
        for (Section section : ReportDocument.sections(context.view())) {
            Optional<String> content = assertDoesNotThrow(() -> html(section, context), section.title());
            content.ifPresent(text -> {
                for (String tag : List.of("table", "tr", "td", "figure", "details", "p", "svg")) {
                    assertEquals(
                            text.split("<" + tag + "[\\s>]", -1).length,
                            text.split("</" + tag + "\\s*>", -1).length,
                            section.title() + ": " + tag);
                }
                assertFalse(text.contains("NaN") || text.contains("null"), section.title() + ": " + text);
            });
        }
        assertDoesNotThrow(() -> HtmlPage.render(ReportDocument.of(context)));
        assertDoesNotThrow(() -> MarkdownPage.render(ReportDocument.brief(context.analysed())));
        assertDoesNotThrow(() -> TerminalSummary.render(context.analysed(), 100));
    }

    private static Optional<String> content(String title, ReportContext context) {
        return ReportDocument.sections(context.view()).stream()
                .filter(section -> section.title().equals(title))
                .findFirst()
                .flatMap(section -> html(section, context));
    }

    private static Optional<String> html(Section section, ReportContext context) {
        Part part = new Part(section.title(), section.blocks(context));
        String page = HtmlPage.render(Document.of("", "", "", List.of(), List.of(part), ""));
        return part.blocks().isEmpty()
                ? Optional.empty()
                : Optional.of(page.substring(page.indexOf("<section"), page.indexOf("</section>")));
    }

    private static String render(String title, ReportContext context) {
        return content(title, context).orElseThrow();
    }

    private static int occurrences(String text, String part) {
        return text.split(Pattern.quote(part), -1).length - 1;
    }

    private static ReportContext context(List<Launch> launches, List<Identity> identities) {
        Analysed analysed = Analysis.of(result("startup", identities), launches);
        return new ReportContext(
                analysed, Views.of(analysed), List.of(), "name: startup\n", log -> "the end of " + log);
    }

    private static ReportContext context(ScaleOutTrial... trials) {
        Analysed analysed = Analysis.of(result("scale-out", List.of()), List.of());
        return new ReportContext(analysed, Views.of(analysed), List.of(trials), "name: scaleout\n", log -> "");
    }

    private static Launch good(int block, String target, double ready) {
        return new Launch(
                1,
                block,
                0,
                target,
                block == 0,
                true,
                "2026-11-24T12:00:00Z",
                Map.of("startup.ready_ms", ready),
                List.of(
                        new Phase(PhaseName.REQUEST, 0),
                        new Phase(PhaseName.EXEC, ready * 0.8),
                        new Phase(PhaseName.READY, ready)),
                null);
    }

    private static Launch failed(int block, String target) {
        return new Launch(
                1,
                block,
                0,
                target,
                block == 0,
                false,
                "2026-11-24T12:00:00Z",
                Map.of(),
                List.of(new Phase(PhaseName.REQUEST, 0)),
                new Failure("timeout", "target " + target + ": too late", null));
    }

    private static Identity identity(String digest, String kernel) {
        return new Identity(digest, List.of("serve"), List.of("A=1"), 0, 0, "/", kernel, 1, 256L << 20, null, Map.of());
    }

    /** Makes a result of the targets docker and vm without a control. */
    private static Result result(String measure, List<Identity> identities) {
        return new Result(
                Result.SCHEMA,
                "id",
                "bench 0.1.0",
                List.of("bench", "run"),
                "2026-11-24T12:00:00Z",
                "2026-11-24T12:03:00Z",
                1,
                new Result.ScenarioFacts(measure, "cd", measure),
                Result.PlanFacts.of(7, 20, 1, "docker", null),
                Map.of(),
                new Result.WorkloadFacts("image", "sha256:1", "ab", List.of("serve"), "HTTP 200", "1 CPU"),
                List.of(
                        new Result.TargetFacts(
                                "docker",
                                TargetKind.CONTAINER,
                                "docker",
                                false,
                                Map.of(),
                                identities.isEmpty() ? null : identities.get(0)),
                        new Result.TargetFacts(
                                "vm",
                                TargetKind.VM,
                                "libvirt",
                                false,
                                Map.of(),
                                identities.size() < 2 ? null : identities.get(1))),
                null,
                List.of(),
                List.of(),
                List.of(),
                false);
    }
}
