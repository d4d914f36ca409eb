package dev.bench.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bench.jvm.Blame;
import dev.bench.known.ManyResults;
import dev.bench.plan.Plan;
import dev.bench.report.ReportException;
import dev.bench.report.Reports;
import dev.bench.result.Failure;
import dev.bench.result.ResultStore;
import dev.bench.run.RunOutcome;
import dev.bench.scenario.Planner;
import dev.bench.session.Cancellation;
import dev.bench.target.LabException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs sequences of scenarios whose results are made up. */
final class RunSequenceTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Cancellation cancellation = new Cancellation();
    private final List<String> ran = new ArrayList<>();

    @TempDir
    private Path folder = Path.of("");

    @Test
    void sumsUpSeveralScenariosInAScoreboard() throws IOException {
        assertEquals(ExitCode.PASS, run(false, "first", "second"));

        Path board = scoreboard();
        String html = Files.readString(board.resolve("report.html"));
        assertTrue(html.contains("<h1>Process, container and virtual machine: boot time</h1>"));
        assertTrue(said(err).contains("scoreboard: " + board.resolve("report.html")), said(err));
        assertTrue(said(out).contains("How long does it take until it answers?"), said(out));
        assertTrue(Files.exists(board.resolve("report.md")));
    }

    @Test
    void oneScenarioHasItsOwnReportOnly() throws IOException {
        assertEquals(ExitCode.PASS, run(false, "first"));

        assertEquals(List.of(), scoreboards());
        assertFalse(said(out).contains("How long does it take"), said(out));
    }

    @Test
    void goesOnAfterAFailureAndEndsWithTheWorst() throws IOException {
        assertEquals(ExitCode.HOST_UNFIT, run(false, "gives-up", "no-lab", "second"));

        assertEquals(List.of("gives-up", "no-lab", "second"), ran);
        assertTrue(said(err).contains("no-lab: the lab does not start"), said(err));
        assertTrue(said(err).contains("target vm was given up: too late"), said(err));
        assertFalse(said(err).contains("\tat "));
        String html = Files.readString(scoreboard().resolve("report.html"));
        assertTrue(html.contains("<li>no-lab was not measured: the lab does not start</li>"));
    }

    @Test
    void aReportThatCannotBeRenderedSaysWhereTheResultIs() throws IOException {
        assertEquals(ExitCode.INTERNAL_ERROR, run(false, "no-report", "second"));

        assertEquals(List.of("no-report", "second"), ran);
        assertTrue(said(err).contains("everything measured is kept in /srv/r, and `bench report /srv/r`"), said(err));
        assertFalse(said(err).contains("\tat "));
        String html = Files.readString(scoreboard().resolve("report.html"));
        assertTrue(html.contains("<li>no-report was measured, but the report could not be rendered"));
    }

    @Test
    void nothingMeasuredMakesNoScoreboard() throws IOException {
        assertEquals(ExitCode.HOST_UNFIT, run(false, "no-lab", "no-lab"));

        assertEquals(List.of(), scoreboards());
    }

    @Test
    void anInterruptEndsAllWithAScoreboardOfWhatThereIs() throws IOException {
        assertEquals(ExitCode.INTERRUPTED, run(false, "first", "interrupted", "second"));

        assertEquals(List.of("first", "interrupted"), ran);
        String html = Files.readString(scoreboard().resolve("report.html"));
        assertTrue(html.contains("<li>second was not measured: the run was stopped before it</li>"));
        assertTrue(html.contains("id=\"r1\""));
    }

    @Test
    void oneResultIsAnObjectSeveralAreAnArray() throws IOException {
        run(true, "first");
        JsonNode single = new ObjectMapper().readTree(said(out));
        assertEquals("bench/1", single.path("schema").asText());

        out.reset();
        run(true, "first", "no-lab", "second");
        JsonNode several = new ObjectMapper().readTree(said(out));
        assertTrue(several.isArray());
        assertEquals(2, several.size());
        assertEquals("bench/1", several.get(1).path("schema").asText());
    }

    @Test
    void severalWithoutAResultAreAnEmptyArray() throws IOException {
        run(true, "no-lab", "no-lab");

        assertEquals("[]", new ObjectMapper().readTree(said(out)).toString());
    }

    @Test
    void saysBeforehandHowLongEachTakesAndAll() {
        RunSequence.announce(console(), List.of(planned("first"), planned("second")));

        assertEquals("""
                first: takes about 21 seconds
                second: takes about 21 seconds
                all 2 scenarios: take about 42 seconds
                """, said(err));
    }

    @Test
    void whatSaysLessOfTheTargetsIsWorse() {
        assertEquals(ExitCode.INTERNAL_ERROR, ExitCode.INTERNAL_ERROR.orWorse(ExitCode.TARGET_FAILED));
        assertEquals(ExitCode.INTERNAL_ERROR, ExitCode.INCONCLUSIVE.orWorse(ExitCode.INTERNAL_ERROR));
        assertEquals(ExitCode.HOST_UNFIT, ExitCode.TARGET_FAILED.orWorse(ExitCode.HOST_UNFIT));
        assertEquals(ExitCode.TARGET_FAILED, ExitCode.TARGET_FAILED.orWorse(ExitCode.PASS));
    }

    @Test
    void refusesTwoScenariosOfOneName() {
        assertEquals(List.of(), CheckedPlans.sharedNames(List.of(planned("first"), planned("second"))));

        List<String> faults = CheckedPlans.sharedNames(List.of(planned("first"), planned("second"), planned("first")));
        assertEquals(1, faults.size(), faults.toString());
        assertTrue(faults.get(0).contains("name: 'first' is the name of "), faults.get(0));
    }

    private ExitCode run(boolean json, String... scenarios) {
        return new RunSequence(
                        console(),
                        new RunSequence.Settings(folder, json, false),
                        cancellation,
                        this::pretend,
                        gate -> {})
                .run(Arrays.stream(scenarios).map(RunSequenceTest::planned).toList());
    }

    /** Does what the scenario's name says. */
    private RunOutcome pretend(Planner.Planned planned) throws LabException {
        String name = planned.plan().name();
        ran.add(name);
        if (name.equals("no-lab")) {
            throw new LabException("the lab does not start", null);
        }
        if (name.equals("no-report")) {
            throw new ReportException(Path.of("/srv/r"), new UnsatisfiedLinkError("libharfbuzz.so.0"));
        }
        if (name.equals("interrupted")) {
            cancellation.request();
        }
        ResultStore store = result();
        Map<String, Failure> givenUp =
                name.equals("gives-up") ? Map.of("vm", new Failure("timeout", "too late", null)) : Map.of();
        return new RunOutcome(store.directory(), Reports.write(store), null, givenUp, null, Blame.TOOL, 1, 2);
    }

    private ResultStore result() {
        Path results = folder.resolve("run-" + ran.size() + "-" + System.nanoTime());
        try {
            new ManyResults(results).write(0, 1);
            try (Stream<Path> entries = Files.list(results)) {
                return new ResultStore(entries.findFirst().orElseThrow());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path scoreboard() throws IOException {
        assertEquals(1, scoreboards().size());
        return scoreboards().get(0);
    }

    private List<Path> scoreboards() throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(entry -> entry.getFileName().toString().startsWith("scoreboard-"))
                    .toList();
        }
    }

    private Console console() {
        return new Console(stream(out), stream(err), false, false, false);
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }

    private static String said(ByteArrayOutputStream bytes) {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static Planner.Planned planned(String name) {
        Plan plan = StartupPlans.of(name, false, 1, 0);
        return new Planner.Planned(plan, List.of());
    }
}
