package dev.bench.scoreboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bench.compare.StoredResults;
import dev.bench.measure.scaleout.ScaleOutTrial;
import dev.bench.measure.scaleout.ScaleOutTrial.Density;
import dev.bench.measure.scaleout.ScaleOutTrial.Start;
import dev.bench.report.Reports;
import dev.bench.result.Bound;
import dev.bench.result.Claim;
import dev.bench.result.ResultException;
import dev.bench.result.ResultStore;
import dev.bench.result.TargetKind;
import dev.bench.verify.Verification;
import dev.bench.view.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Makes scoreboards of stored results, as `bench run` and `bench report` do. */
final class ScoreboardsTest {
    private static final Instant BEGUN = Instant.parse("2026-11-25T12:00:00Z");
    private static final String HOSTILE = "<script>alert('x')</script>\"&`|*@all";

    @TempDir
    private Path folder = Path.of("");

    @Test
    void answersAQuestionARowAndASubstrateAColumn() {
        Scoreboard board = board(startup("startup"), startup("redis"), memory());

        assertEquals(List.of(TargetKind.PROCESS, TargetKind.CONTAINER, TargetKind.VM), board.columns());
        assertEquals(
                List.of(
                        "How much memory does one more instance take? memory",
                        "How much disk does one more instance take? memory",
                        "How long does it take until it answers? startup",
                        "How long does it take until it answers? redis"),
                board.rows().stream()
                        .map(row -> row.question() + " " + row.scenario())
                        .toList());
        assertEquals("Process, container and virtual machine: weight and boot time", board.title());
        Row boot = board.rows().get(2);
        assertEquals("reference", cell(boot, TargetKind.CONTAINER).against());
        Answer machine = cell(boot, TargetKind.VM);
        assertTrue(machine.emulated());
        assertTrue(machine.figure().matches("[23]\\.\\d+ s|3 s"), machine.figure());
        assertTrue(machine.against().matches("1[12][.\\d]*× \\(1[12][.\\d]*–1[23][.\\d]*\\)"), machine.against());
    }

    /** The raw launches of one result are not those of another one on the same page. */
    @Test
    void everyResultOnThePageHoldsAgainstItsOwnLaunches() throws IOException {
        Path report = write(List.of(), startup("startup"), startup("redis"), memory())
                .directory()
                .resolve("report.html");
        assertEquals(List.of(), Verification.of(report).disagreements());
        assertEquals(
                Verification.of(report).verified(),
                Verification.of(report.getParent()).verified());

        String page = Files.readString(report);
        int redis = page.indexOf("<article id=\"r1\">");
        Files.writeString(
                report,
                page.substring(0, redis) + page.substring(redis).replaceFirst("<td><strong>[0-9]", "<td><strong>97"));

        List<String> disagreements = Verification.of(report).disagreements();
        assertEquals(1, disagreements.size(), disagreements::toString);
        assertTrue(
                disagreements.get(0).startsWith("report.html, redis, Startup to ready of "), disagreements::toString);
    }

    @Test
    void saysInASentenceWhatASubstrateTakesAgainstTheReference() {
        List<String> sentences = Summary.of(board(startup("startup"), memory()));

        assertEquals(2, sentences.size());
        assertTrue(sentences.get(0).matches("Process, against container: 0\\.\\d+× memory, .*× boot time\\."));
        assertTrue(sentences.get(1).startsWith("Virtual machine (emulated), against container: "), sentences.get(1));
    }

    @Test
    void scenariosWithReferencesOfDifferentKindsGetNoSentence() {
        Path other = new StoredResults()
                .scenario("other", "startup")
                .target("bare", 50, TargetKind.PROCESS, false, Map.of())
                .target("boxed", 250)
                .storeBelow(folder);

        Scoreboard board = board(startup("startup"), other);

        assertEquals(List.of(), Summary.of(board));
        assertEquals("reference", cell(board.rows().get(1), TargetKind.PROCESS).against());
        assertEquals(List.of(), board.rows().get(1).cells(TargetKind.VM));
    }

    @Test
    void aSubstrateThatIsNotKnownHasAColumnAfterThoseThatAre() {
        Path other = new StoredResults()
                .scenario("other", "startup")
                .target("pod", 700, TargetKind.of("pod"), false, Map.of())
                .onEveryKind()
                .storeBelow(folder);

        Scoreboard board = board(other);

        assertEquals(
                List.of(TargetKind.PROCESS, TargetKind.CONTAINER, TargetKind.VM, TargetKind.of("pod")),
                board.columns());
        assertEquals("Process, container, virtual machine and pod: boot time", board.title());
        assertEquals("702 ms", cell(board.rows().get(0), TargetKind.of("pod")).figure());
    }

    private static Claim claim(String name, double least) {
        return new Claim(
                name,
                HOSTILE,
                HOSTILE,
                HOSTILE,
                "startup.ready_ms",
                null,
                Claim.Kind.ABSOLUTE,
                List.of(name),
                new Bound(least, null));
    }

    @Test
    void claimsStandBelowTheBoardWithWhatBecameOfThem() throws IOException {
        Path claiming = new StoredResults()
                .scenario("notes", "startup")
                .onEveryKind()
                .claim(claim("container", 10.0))
                .claim(claim("vm", 60_000.0))
                .storeBelow(folder);

        Scoreboards.Written written = write(List.of(), claiming);

        String text = written.text();
        assertTrue(text.contains("Claims put to the test"), text);
        assertTrue(text.matches("(?s).*container: at least 10 ms +2\\d\\d ms [^\n]*  reproduced\n.*"), text);
        assertTrue(
                text.matches(
                        "(?s).*vm: at least 60 s +[^\n]*  not comparable here: by a factor of 2[^\n]* below, but it was"
                                + " published for other hardware: [^\n]*\n.*"),
                text);
        String markdown = Files.readString(written.directory().resolve("report.md"));
        assertTrue(markdown.contains(" | reproduced |"), markdown);
        assertTrue(Files.readString(written.directory().resolve("report.html")).contains("Claims put to the test"));
    }

    @Test
    void failuresStandInTheCell() {
        Path failing = new StoredResults()
                .scenario("startup", "startup")
                .onEveryKind()
                .failing("process", 3)
                .failing("vm", 20)
                .storeBelow(folder);

        Row boot = board(failing).rows().get(0);

        assertEquals("3 of 20 failed", cell(boot, TargetKind.PROCESS).failures());
        assertEquals("never ready", cell(boot, TargetKind.VM).figure());
        assertEquals("20 of 20 failed", cell(boot, TargetKind.VM).failures());
        assertEquals("", cell(boot, TargetKind.VM).against());
    }

    @Test
    void severalTargetsOfOneSubstrateShareACell() throws IOException {
        Path two = new StoredResults()
                .scenario("runtimes", "startup")
                .target("runc", 250)
                .target("crun", 240)
                .storeBelow(folder);

        String html = html(two, startup("startup"));

        assertTrue(html.contains("<small>runc</small> <a href=\"#r0\">"), html.substring(0, 9_000));
        assertTrue(html.contains("<small>crun</small> <a href=\"#r0\">"));
        assertFalse(html.contains("<small>vm</small>"));
    }

    @Test
    void densityIsARowWithTheReasonWhyNotMore() {
        Path scaleOut = new StoredResults()
                .scenario("scaleout", "scale-out")
                .onEveryKind()
                .metric("scaleout.ready_per_s")
                .also("scaleout.latency_ms", 0.1)
                .storeBelow(folder);
        for (String target : List.of("container", "vm")) {
            new ResultStore(scaleOut)
                    .append(
                            ScaleOutTrial.FILE,
                            new ScaleOutTrial(
                                    1,
                                    1,
                                    target,
                                    false,
                                    List.of(new Start(0, 250.0, 250, null)),
                                    null,
                                    List.of(),
                                    new Density("100/s each", 50, 4, "p99 above the bound at 5 instances (80.0 ms)")));
        }

        Scoreboard board = board(scaleOut);

        Row density = board.rows().get(2);
        assertEquals("How many side by side still answer in time?", density.question());
        assertEquals("p99 ≤ 50 ms at 100/s each, more is better", density.scale());
        assertEquals("4", cell(density, TargetKind.VM).figure());
        assertEquals(
                List.of("p99 above the bound at 5 instances"),
                cell(density, TargetKind.VM).notes());
        assertEquals(List.of(), density.cells(TargetKind.PROCESS));
    }

    @Test
    void scenariosOfOneNameAreToldApart() {
        Path first = startup("startup");
        Path second = startup("startup");

        assertEquals(
                List.of(first.getFileName().toString(), second.getFileName().toString()),
                board(first, second).rows().stream().map(Row::scenario).toList());
    }

    @Test
    void warnsOfOtherHostsPartialRunsAndEmulation() {
        Path other = new StoredResults()
                .scenario("redis", "startup")
                .onEveryKind()
                .host("cpu", "Xeon")
                .partial()
                .storeBelow(folder);

        List<String> warnings = Warnings.of(board(startup("startup"), other));

        assertEquals(3, warnings.size(), warnings.toString());
        assertEquals("redis is partial: the run ended before its plan did", warnings.get(0));
        assertTrue(
                warnings.get(1)
                        .endsWith("startup on EPYC, 1 socket, 2 cores, 2 threads, 24 GiB;"
                                + " redis on Xeon, 1 socket, 2 cores, 2 threads, 24 GiB"),
                warnings.get(1));
        assertTrue(warnings.get(2).contains("emulated"));
    }

    @Test
    void everyLinkLeadsToAnIdentifierThatIsThereOnce() throws IOException {
        // The same values twice: even the pictures are the same.
        String html = html(startup("startup"), startup("startup"), memory());

        List<String> identifiers = all(html, " id=\"([^\"]+)\"");
        assertEquals(identifiers.stream().distinct().toList(), identifiers);
        List<String> links = all(html, "href=\"#([^\"]+)\"");
        assertTrue(links.containsAll(List.of("r0", "r1", "r2", "r1-s0", "s0")), links.toString());
        assertTrue(identifiers.containsAll(links), links.toString());
        assertTrue(identifiers.containsAll(all(html, "url\\(#([^)]+)\\)")));
        assertEquals(1, all(html, "(<nav)").size());
    }

    @Test
    void holdsEveryReportInOneFileWithoutScriptOrNetwork() throws IOException {
        Path startup = startup("startup");
        Path memory = memory();
        String html = html(startup, memory);

        assertEquals(2, all(html, "(data:application/gzip)").size());
        int svg = 0;
        for (Path result : List.of(startup, memory)) {
            svg += all(Reports.html(new ResultStore(result)), "(<svg)").size();
        }
        assertEquals(svg, all(html, "(<svg)").size());
        assertEquals(svg, all(html, "(<summary>Data</summary>)").size());
        assertFalse(html.contains("<script"));
        assertFalse(Pattern.compile("(?:src|href)=\"(?!#|data:)").matcher(html).find());
    }

    @Test
    void escapesEveryNameThatComesFromOutside() throws IOException {
        Path hostile = new StoredResults()
                .scenario(HOSTILE, "startup")
                .image(HOSTILE)
                .host("cpu", HOSTILE)
                .claim(claim(HOSTILE, 10.0))
                .target(HOSTILE, 250)
                .target(HOSTILE + "2", 240)
                .storeBelow(folder);
        Scoreboards.Written written = write(List.of(HOSTILE + " was not measured"), hostile, startup("startup"));

        String html = Files.readString(written.directory().resolve("report.html"));
        assertFalse(html.contains("<script"));
        assertTrue(html.contains("&lt;script&gt;alert(&#39;x&#39;)"));
        String markdown = Files.readString(written.directory().resolve("report.md"));
        assertFalse(markdown.contains("<script"));
        assertFalse(markdown.contains("@all"));
        for (String line :
                markdown.lines().filter(row -> row.startsWith("| **")).toList()) {
            int cells = line.endsWith(" | reproduced |") ? 6 : 7;
            assertEquals(cells, line.split("(?<!\\\\)\\|", -1).length, line);
        }
    }

    @Test
    void makesTheSameAgainUnderItsOwnNameAndLeavesTheResultsAlone() throws IOException {
        Path result = startup("startup");
        Path other = memory();
        byte[] before = Files.readAllBytes(result.resolve("result.json"));
        Scoreboards.Written first = write(List.of(), result, other);
        Scoreboards.Written second = write(List.of(), result, other);

        assertEquals(
                "scoreboard-20261125T120000Z", first.directory().getFileName().toString());
        assertEquals(
                "scoreboard-20261125T120000Z-2",
                second.directory().getFileName().toString());
        for (String file : List.of("report.html", "report.md")) {
            assertEquals(
                    Files.readString(first.directory().resolve(file)),
                    Files.readString(second.directory().resolve(file)));
        }
        assertEquals(new String(before), Files.readString(result.resolve("result.json")));
        assertFalse(Files.exists(result.resolve("report.html")));
    }

    @Test
    void whatIsNoResultIsNamedAndNothingIsWritten() {
        ResultException fault = assertThrows(
                ResultException.class, () -> write(List.of(), startup("startup"), folder.resolve("nowhere")));

        assertTrue(fault.getMessage().contains("nowhere/result.json: no such file"), fault.getMessage());
        assertFalse(Files.exists(folder.resolve("scoreboard-20261125T120000Z")));
    }

    @Test
    void theTerminalShowsWhatThePageShows() {
        String text = write(List.of(), startup("startup"), memory()).text();

        assertTrue(text.startsWith("Process, container and virtual machine: weight and boot time\n\n"), text);
        assertTrue(Pattern.compile("How long does it take until it answers\\? +startup .* s \\(emulated\\), 1[12]")
                .matcher(text)
                .find());
    }

    @Test
    void aNarrowTerminalGetsABlockForEveryQuestion() {
        String text = write(List.of(), 40, startup("startup"), startup("other")).text();

        String block = "  How long does it take until it answers\\?\n    scenario: %s\n    process: 4[78].* ms, .*\n";
        for (String scenario : List.of("startup", "other")) {
            assertTrue(Pattern.compile(block.formatted(scenario)).matcher(text).find(), text);
        }
    }

    private Path startup(String name) {
        return new StoredResults().scenario(name, "startup").onEveryKind().storeBelow(folder);
    }

    private Path memory() {
        return new StoredResults()
                .scenario("memory", "memory")
                .onEveryKind()
                .metric("memory.marginal_mib")
                .also("disk.layer_mib", 0.01)
                .storeBelow(folder);
    }

    private static Scoreboard board(Path... results) {
        return board(null, results);
    }

    private static Scoreboard board(@Nullable Prices prices, Path... results) {
        return Scoreboard.of(
                List.of(results).stream()
                        .map(result -> Reports.pieces(new ResultStore(result)))
                        .toList(),
                prices);
    }

    private Scoreboards.Written write(List<String> notes, Path... results) {
        return write(notes, Integer.MAX_VALUE, results);
    }

    private Scoreboards.Written write(List<String> notes, int width, Path... results) {
        List<ResultStore> stores =
                List.of(results).stream().map(ResultStore::new).toList();
        return Scoreboards.write(folder, BEGUN, stores, notes, null, "bench 0.1.0", width);
    }

    private String html(Path... results) throws IOException {
        return Files.readString(write(List.of(), results).directory().resolve("report.html"));
    }

    private static Answer cell(Row row, TargetKind kind) {
        assertEquals(1, row.cells(kind).size());
        return row.cells(kind).get(0);
    }

    private static List<String> all(String text, String pattern) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map((MatchResult match) -> match.group(1))
                .toList();
    }
}
