package dev.bench.claim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bench.analysis.Analysis;
import dev.bench.report.Samples;
import dev.bench.result.Bound;
import dev.bench.result.Claim;
import dev.bench.result.Result;
import dev.bench.result.ResultStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The samples: process 45 to 49 ms, container 250 to 270, and vm, emulated, 3,100 to 3,190. */
class ClaimsTest {
    private static final int BLOCKS = 20;

    @TempDir
    private Path directory;

    private JudgedClaim judge(Claim.Kind kind, Double min, Double max, String... targets) throws Exception {
        return judge("", "startup.ready_ms", BLOCKS, kind, min, max, targets);
    }

    private JudgedClaim judge(
            String hardware, String metric, int blocks, Claim.Kind kind, Double min, Double max, String... targets)
            throws Exception {
        return judge(
                new Claim(
                        "claim",
                        "It is so.",
                        "notes",
                        hardware,
                        metric,
                        null,
                        kind,
                        List.of(targets),
                        new Bound(min, max)),
                blocks);
    }

    private JudgedClaim share(String metric, String over, Double min, Double max, String target) throws Exception {
        return judge(
                new Claim(
                        "claim",
                        "It is so.",
                        "notes",
                        "",
                        metric,
                        over,
                        Claim.Kind.SHARE,
                        List.of(target),
                        new Bound(min, max)),
                BLOCKS);
    }

    private JudgedClaim judge(Claim claim, int blocks) throws Exception {
        ResultStore store = Samples.store(Files.createTempDirectory(directory, "result-"), "name", blocks);
        Result stored = store.read();
        store.write(new Result(
                stored.schema(),
                stored.id(),
                stored.tool(),
                stored.command(),
                stored.startedAt(),
                stored.endedAt(),
                stored.wallSeconds(),
                new Result.ScenarioFacts("startup", "cd".repeat(32), "startup", List.of(claim)),
                stored.plan(),
                stored.host(),
                stored.workload(),
                stored.targets(),
                stored.harness(),
                stored.metrics(),
                stored.comparisons(),
                stored.warnings(),
                stored.partial()));
        return Claims.judge(Analysis.of(store.read(), store.launches())).get(0);
    }

    private static void assertVerdict(ClaimVerdict verdict, String why, JudgedClaim judged) {
        assertEquals(verdict, judged.verdict(), judged.toString());
        assertEquals(why, judged.why());
    }

    @Test
    void aMedianInsideWhatIsClaimedReproducesIt() throws Exception {
        JudgedClaim judged = judge(Claim.Kind.ABSOLUTE, 200.0, 999.0, "container");
        assertVerdict(ClaimVerdict.REPRODUCED, "", judged);
        assertEquals("container: 200 ms to 999 ms", judged.claimed());
        assertTrue(
                judged.seen().plain().matches("26[0-9] ms \\(25[0-9.]+–26[0-9.]+ ms\\)"),
                judged.seen().plain());
    }

    @Test
    void aMedianOutsideRefutesItAndSaysByHowMuch() throws Exception {
        JudgedClaim judged = judge(Claim.Kind.ABSOLUTE, 2_600.0, null, "container");
        assertEquals(ClaimVerdict.REFUTED, judged.verdict());
        assertTrue(judged.why().matches("by a factor of (9\\.[0-9]+|10\\.[0-9]+|10) below"), judged.why());
    }

    @Test
    void anIntervalThatReachesBothSidesDecidesNothing() throws Exception {
        assertVerdict(
                ClaimVerdict.UNDECIDED,
                "the interval reaches both sides; more blocks would decide",
                judge(Claim.Kind.ABSOLUTE, 260.0, null, "container"));
    }

    @Test
    void tooFewBlocksDecideNothing() throws Exception {
        assertVerdict(
                ClaimVerdict.UNDECIDED,
                "too few blocks for an interval; run with --blocks 6 at least",
                judge("", "startup.ready_ms", 5, Claim.Kind.ABSOLUTE, 1.0, null, "container"));
    }

    /** A machine that is emulated and yet ready within seconds is no slower on hardware. */
    @Test
    void emulationDoesNotSpareAClaimThatItCouldOnlyHaveFavoured() throws Exception {
        JudgedClaim minutes = judge(Claim.Kind.ABSOLUTE, 60_000.0, null, "vm");
        assertEquals(ClaimVerdict.REFUTED, minutes.verdict());
        assertTrue(minutes.why().startsWith("by a factor of 19."), minutes.why());
        assertVerdict(ClaimVerdict.REPRODUCED, "", judge(Claim.Kind.ABSOLUTE, null, 10_000.0, "vm"));
        assertVerdict(ClaimVerdict.REPRODUCED, "", judge(Claim.Kind.RATIO, null, 100.0, "vm", "container"));
    }

    @Test
    void whatEmulationMayHaveBroughtAboutIsNotComparable() throws Exception {
        String why = "the processor of vm was emulated, which may be the reason; run it on a host with KVM";
        assertVerdict(ClaimVerdict.NOT_COMPARABLE, why, judge(Claim.Kind.ABSOLUTE, null, 125.0, "vm"));
        assertVerdict(ClaimVerdict.NOT_COMPARABLE, why, judge(Claim.Kind.ABSOLUTE, 1_000.0, 5_000.0, "vm"));
        assertVerdict(ClaimVerdict.NOT_COMPARABLE, why, judge(Claim.Kind.RATIO, 5.0, null, "vm", "container"));
        assertVerdict(
                ClaimVerdict.NOT_COMPARABLE,
                "vm against container: " + why,
                judge(Claim.Kind.ORDER, null, null, "process", "container", "vm"));
    }

    @Test
    void aRatioIsTakenBlockByBlockOfAnyTwoTargets() throws Exception {
        JudgedClaim judged = judge(Claim.Kind.RATIO, 5.0, 6.0, "container", "process");
        assertVerdict(ClaimVerdict.REPRODUCED, "", judged);
        assertEquals("container / process: 5× to 6×", judged.claimed());
        assertEquals(
                ClaimVerdict.REFUTED,
                judge(Claim.Kind.RATIO, null, 2.0, "container", "process").verdict());
    }

    @Test
    void oneStepTheOtherWayRefutesAnOrder() throws Exception {
        assertVerdict(ClaimVerdict.REPRODUCED, "", judge(Claim.Kind.ORDER, null, null, "process", "container"));
        JudgedClaim judged = judge(Claim.Kind.ORDER, null, null, "container", "process");
        assertEquals(ClaimVerdict.REFUTED, judged.verdict());
        assertTrue(judged.why().startsWith("process is 0.18"), judged.why());
        assertVerdict(
                ClaimVerdict.UNDECIDED,
                "container (A/A) cannot be told from container",
                judge(Claim.Kind.ORDER, null, null, "process", "container", "container (A/A)"));
    }

    @Test
    void aFigureOfOtherHardwareIsNotRefutedByThisHost() throws Exception {
        JudgedClaim judged =
                judge("a large server", "startup.ready_ms", BLOCKS, Claim.Kind.ABSOLUTE, null, 100.0, "container");
        assertEquals(ClaimVerdict.NOT_COMPARABLE, judged.verdict());
        assertTrue(
                judged.why().endsWith("above, but it was published for other hardware: a large server"), judged.why());
        assertEquals(
                ClaimVerdict.REPRODUCED,
                judge("a large server", "startup.ready_ms", BLOCKS, Claim.Kind.ABSOLUTE, null, 300.0, "container")
                        .verdict());
    }

    @Test
    void whatWasNotMeasuredSaysNothing() throws Exception {
        assertVerdict(
                ClaimVerdict.NOT_COMPARABLE,
                "this run has no startup.ready_ms of lxc",
                judge(Claim.Kind.ABSOLUTE, 1.0, null, "lxc"));
        assertVerdict(
                ClaimVerdict.NOT_COMPARABLE,
                "this run has no memory.pss_mib of container",
                judge("", "memory.pss_mib", BLOCKS, Claim.Kind.ABSOLUTE, 1.0, null, "container"));
    }

    @Test
    void aShareDividesTwoMetricsOfOneTargetBlockByBlock() throws Exception {
        JudgedClaim judged = share("startup.exec_ms", "startup.ready_ms", 0.7, 0.9, "container");
        assertVerdict(ClaimVerdict.REPRODUCED, "", judged);
        assertEquals("container, startup.exec_ms / startup.ready_ms: 0.7× to 0.9×", judged.claimed());
        assertEquals("0.8× (0.8–0.8)", judged.seen().plain());
        JudgedClaim refuted = share("startup.exec_ms", "startup.ready_ms", null, 0.4, "container");
        assertVerdict(ClaimVerdict.REFUTED, "by a factor of 2.00 above", refuted);
    }

    /** Both times of an emulated machine are too long, and nobody knows which is more so. */
    @Test
    void aShareOfWhatWasEmulatedIsNotComparable() throws Exception {
        assertVerdict(
                ClaimVerdict.NOT_COMPARABLE,
                "the processor of vm was emulated, which may be the reason; run it on a host with KVM",
                share("startup.exec_ms", "startup.ready_ms", 0.7, 0.9, "vm"));
    }

    @Test
    void aShareNeedsBothMetrics() throws Exception {
        assertVerdict(
                ClaimVerdict.NOT_COMPARABLE,
                "this run has no memory.pss_mib of container",
                share("startup.exec_ms", "memory.pss_mib", 0.7, 0.9, "container"));
    }
}
