package dev.bench.scoreboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bench.compare.StoredResults;
import dev.bench.measure.isolation.IsolationRecord;
import dev.bench.measure.isolation.IsolationRecord.Inside;
import dev.bench.measure.storage.PersistenceRecord;
import dev.bench.report.Reports;
import dev.bench.result.ResultStore;
import dev.bench.view.TableRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sets substrates against each other by stored results. */
final class ComparisonTableTest {
    private static final Prices PRICES = new Prices(0.04, 0.005, "EUR");

    @TempDir
    private Path folder = Path.of("");

    @Test
    void everyRowIsThereInItsPlaceAndAnEmptyOneSaysWhichScenarioWouldFillIt() {
        List<TableGroup> table = table(startup("startup"));

        assertEquals(
                Arrays.asList(TableRow.values()),
                table.stream().map(TableGroup::row).toList());
        for (TableGroup group : table) {
            if (group.row() != TableRow.BOOT) {
                assertEquals(List.of(), group.lines(), group.toString());
            }
        }
        assertEquals("no scenario with measure: isolation was given", reason(table, TableRow.ISOLATION));
        assertEquals("no scenario with measure: isolation was given", reason(table, TableRow.SECURITY));
        assertEquals("no scenario with measure: memory was given", reason(table, TableRow.WEIGHT));
        assertEquals(
                "no scenario with measure: memory with memory: {fill: true} was given; no scenario with measure:"
                        + " scale-out was given",
                reason(table, TableRow.SCALABILITY));
        assertEquals("no scenario with measure: storage was given", reason(table, TableRow.PERSISTENCE));
        assertEquals("no scenario with measure: build was given", reason(table, TableRow.BUILD));
        assertEquals(
                "no scenario with measure: startup or delivery of a workload that ends (ready: exit) was given",
                reason(table, TableRow.JOB_PRESENT));
        assertEquals(
                "no scenario with measure: delivery of a workload that ends (ready: exit) was given",
                reason(table, TableRow.JOB_ABSENT));
        assertEquals(
                "no scenario with measure: memory or scale-out was given; no scenario with measure: delivery of a"
                        + " workload that answers was given",
                reason(table, TableRow.REPLICA));
    }

    @Test
    void aCellHoldsTheMedianAndMarksAnEmulatedOne() {
        TableLine boot = line(table(startup("startup")), TableRow.BOOT, "from its image");

        assertTrue(shown(boot, 0).words().matches("4[78].*ms"), boot.toString());
        assertEquals("", shown(boot, 0).name());
        assertTrue(shown(boot, 2).emulated());
        assertTrue(shown(boot, 2).words().endsWith(" s"), boot.toString());
    }

    @Test
    void ofSeveralScenariosTheLeastAndTheMostStandThereWithTheirNames() {
        Path slow = new StoredResults()
                .scenario("jvm", "startup")
                .target("container", 900)
                .target("other", 1_500)
                .storeBelow(folder);

        TableCell container = line(table(startup("startup"), startup("redis"), slow), TableRow.BOOT, "from its image")
                .cells()
                .get(1);

        assertEquals(
                List.of("startup", "jvm other"),
                container.figures().stream().map(TableCell.Shown::name).toList());
        assertEquals("1.5 s", container.figures().get(1).words());
        assertEquals("and 2 between", container.further());
        assertEquals(2, container.figures().get(1).entry());
    }

    @Test
    void aTargetThatFailedSaysSoAndOneThatIsMissingToo() {
        Path failing = new StoredResults()
                .scenario("startup", "startup")
                .onEveryKind()
                .failing("vm", 20)
                .storeBelow(folder);
        Path some = new StoredResults()
                .scenario("memory", "memory")
                .metric("memory.marginal_mib")
                .target("container", 3)
                .storeBelow(folder);

        List<TableGroup> table = table(failing, some);

        TableCell.Shown machine = shown(line(table, TableRow.BOOT, "from its image"), 2);
        assertEquals("never ready", machine.words());
        assertEquals("20 of 20 failed", machine.failures());
        assertEquals(
                "no such target in memory",
                line(table, TableRow.WEIGHT, "memory").cells().get(2).reason());
    }

    @Test
    void aJobIsNoBootAndAnEmptyCellOfAMeasureThatWasGivenSaysWhatItLacked() {
        Path job = new StoredResults()
                .scenario("job", "startup")
                .ending()
                .onEveryKind()
                .storeBelow(folder);
        Path weight = new StoredResults()
                .scenario("scaleout", "scale-out")
                .onEveryKind()
                .metric("scaleout.ready_per_s")
                .storeBelow(folder);

        List<TableGroup> table = table(job, weight);

        assertEquals(
                3,
                line(table, TableRow.JOB_PRESENT, "sources in the image")
                        .cells()
                        .size());
        assertTrue(
                reason(table, TableRow.BOOT)
                        .startsWith("no scenario with measure: startup of a workload that answers was given"),
                reason(table, TableRow.BOOT));
        assertTrue(
                reason(table, TableRow.REPLICA).contains("not measured in scaleout"), reason(table, TableRow.REPLICA));
    }

    @Test
    void aPullOfAJobIsTheJobWithoutItsImageAndOneOfWhatChangedTheJobWithIt() {
        Path job = new StoredResults()
                .scenario("ci", "delivery")
                .ending()
                .onEveryKind()
                .metric("delivery.to_ready_ms")
                .also("delivery.to_ready_ms.changed", 0.5)
                .storeBelow(folder);

        List<TableGroup> table = table(job);

        assertTrue(
                shown(line(table, TableRow.JOB_ABSENT, "all pulled"), 1).words().matches("2[45]\\d ms"));
        assertTrue(shown(line(table, TableRow.JOB_PRESENT, "sources pulled"), 1)
                .words()
                .matches("12\\d ms"));
    }

    @Test
    void wallsAndWhatIsKeptAreWordsByTarget() {
        Path isolation = new StoredResults()
                .scenario("isolation", "isolation")
                .metric("isolation.host_syscalls")
                .target("container", 60)
                .target("unconfined", 62)
                .sigma(0)
                .also("isolation.capabilities", 0)
                .storeBelow(folder);
        for (String target : List.of("container", "unconfined")) {
            boolean held = target.equals("container");
            new ResultStore(isolation)
                    .append(
                            IsolationRecord.FILE,
                            new IsolationRecord(
                                    1,
                                    1,
                                    target,
                                    false,
                                    0,
                                    List.of(),
                                    new Inside(
                                            held ? "namespaces" : "none",
                                            held ? "high" : "low",
                                            List.of(),
                                            Map.of(),
                                            List.of(),
                                            List.of(),
                                            List.of(),
                                            List.of()),
                                    null));
        }
        Path storage = new StoredResults()
                .scenario("storage", "storage")
                .metric("storage.sync_write_iops")
                .target("layer", 60)
                .target("volume", 62)
                .target("bind", 63)
                .storeBelow(folder);
        for (String target : List.of("layer", "volume", "bind")) {
            new ResultStore(storage)
                    .append(
                            PersistenceRecord.FILE,
                            new PersistenceRecord(
                                    target, target, PersistenceRecord.REMOVAL, !target.equals("layer"), null));
        }

        List<TableGroup> table = table(isolation, storage);

        assertEquals(
                List.of("namespaces (container)", "none (low confidence) (unconfined)"),
                plain(line(table, TableRow.ISOLATION, ""), 0));
        assertEquals(
                List.of("lost (layer)", "kept (volume, bind)"),
                plain(line(table, TableRow.PERSISTENCE, "after its removal"), 0));
        assertEquals(
                2,
                line(table, TableRow.SECURITY, "entered of the host")
                        .cells()
                        .get(0)
                        .figures()
                        .size());
        assertEquals(List.of("0 capabilities"), plain(line(table, TableRow.SECURITY, "held inside"), 0));
    }

    @Test
    void moneyIsProcessorsAndMeasuredMemoryForAsLongAsTheJobTakes() {
        Path job = new StoredResults()
                .scenario("job", "startup")
                .ending()
                .cpus(2)
                .sigma(0)
                .target("container", 3_600)
                .storeBelow(folder);
        Path memory = new StoredResults()
                .scenario("memory", "memory")
                .metric("memory.marginal_mib")
                .cpus(1)
                .sigma(0)
                .target("container", 1e9 / (1 << 20))
                .storeBelow(folder);

        List<TableGroup> table = table(PRICES, job, memory);

        // 3.6 s are a thousandth of an hour, so that a thousand jobs take one: 2 cores and 1 GB.
        assertEquals(
                "0.085",
                shown(line(table, TableRow.JOB_PRESENT, "EUR per 1,000 jobs, sources in the image"), 0)
                        .words());
        assertEquals(
                "0.045", shown(line(table, TableRow.REPLICA, "EUR per hour"), 0).words());
        assertEquals(
                "memory was not measured: no scenario with measure: memory was given",
                line(table(PRICES, job), TableRow.JOB_PRESENT, "EUR per 1,000 jobs, sources in the image")
                        .cells()
                        .get(0)
                        .reason());
    }

    @Test
    void theTableComesFirstOnEveryScoreboard() throws IOException {
        Scoreboards.Written written = Scoreboards.write(
                folder,
                Instant.parse("2026-11-25T12:00:00Z"),
                List.of(new ResultStore(startup("startup")), new ResultStore(startup("redis"))),
                List.of(),
                PRICES,
                "bench 0.1.0",
                200);

        String html = Files.readString(written.directory().resolve("report.html"));
        String markdown = Files.readString(written.directory().resolve("report.md"));
        for (String text : List.of(html, markdown, written.text())) {
            int table = text.indexOf("Isolation level");
            assertTrue(table > 0 && table < text.indexOf("How long does it take until it answers?"), text);
            assertTrue(text.contains("no scenario with measure: isolation was given"), text);
            assertTrue(text.contains("0.04 EUR per core-hour"), text);
        }
        assertTrue(html.contains("<section id=\"s0\"><h2>The table</h2>"), html);
        for (String line :
                markdown.lines().filter(row -> row.startsWith("| ")).limit(12).toList()) {
            assertEquals(6, line.split("(?<!\\\\)\\|").length + (line.endsWith("|") ? 0 : 1), line);
        }
    }

    private Path startup(String name) {
        return new StoredResults().scenario(name, "startup").onEveryKind().storeBelow(folder);
    }

    private static List<TableGroup> table(Path... results) {
        return table(null, results);
    }

    private static List<TableGroup> table(@Nullable Prices prices, Path... results) {
        return Scoreboard.of(
                        Arrays.stream(results)
                                .map(result -> Reports.pieces(new ResultStore(result)))
                                .toList(),
                        prices)
                .table();
    }

    private static TableGroup group(List<TableGroup> table, TableRow row) {
        return table.stream().filter(group -> group.row() == row).findFirst().orElseThrow();
    }

    private static String reason(List<TableGroup> table, TableRow row) {
        return group(table, row).reason();
    }

    private static TableLine line(List<TableGroup> table, TableRow row, String words) {
        return group(table, row).lines().stream()
                .filter(line -> line.words().equals(words))
                .findFirst()
                .orElseThrow(() -> new AssertionError(group(table, row).toString()));
    }

    private static TableCell.Shown shown(TableLine line, int column) {
        return line.cells().get(column).figures().get(0);
    }

    private static List<String> plain(TableLine line, int column) {
        return line.cells().get(column).figures().stream()
                .map(TableCell.Shown::plain)
                .toList();
    }
}
