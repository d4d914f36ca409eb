package dev.bench.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bench.result.Result;
import dev.bench.result.ResultStore;
import dev.bench.result.TargetKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Uses the commands on stored results as a user does; needs no engine. */
final class HistoryIT {
    @TempDir
    private Path directory = Path.of("");

    private Bench bench = new Bench(directory);

    @BeforeEach
    void threeResultsAndAForeignFile() throws IOException {
        bench = new Bench(directory);
        write("startup-1", "2025-01-01T00:00:00Z", false);
        write("startup-2", "2025-01-02T00:00:00Z", true);
        write("startup-3", "2025-01-03T00:00:00Z", false);
        Files.writeString(directory.resolve("results/notes.txt"), "mine");
    }

    @Test
    void listsWhatIsStoredAndNamesWhatIsNot() throws Exception {
        assertEquals(0, bench.run("baseline", "results/startup-1").status());
        Bench.Outcome listed = bench.run("list");

        assertEquals(0, listed.status());
        List<String> lines = listed.out().lines().toList();
        assertEquals(4, lines.size(), listed.out());
        assertTrue(lines.get(1).contains("startup-1  startup"), listed.out());
        assertTrue(lines.get(1).contains("startup.ready_ms: container 250 ms, vm (emulated) 3.1 s"), listed.out());
        assertTrue(lines.get(1).endsWith("baseline"), listed.out());
        assertTrue(lines.get(2).endsWith("partial"), listed.out());
        assertEquals("skipped: results/notes.txt: not a result directory\n", listed.err());
        JsonNode json = new ObjectMapper().readTree(bench.run("list", "--json").out());
        assertEquals(3, json.path("results").size());
        assertEquals(250, json.at("/results/0/values/0/median").asDouble());
        assertTrue(json.at("/results/0/baseline").asBoolean());
        assertEquals(1, json.path("skipped").size());
    }

    @Test
    void prunesNothingUnaskedAndNeverABaseline() throws Exception {
        bench.run("baseline", "results/startup-1");
        assertEquals(0, bench.run("prune", "--keep-last", "1", "--dry-run").status());
        assertEquals(4, entries());
        Bench.Outcome unasked = bench.run("prune", "--keep-last", "1");
        assertEquals(2, unasked.status());
        assertTrue(unasked.err().contains("nothing was removed; to do so, add --yes"), unasked.err());
        assertEquals(4, entries());
        Bench.Outcome pruned = bench.run("prune", "--keep-last", "1", "--yes");

        assertEquals(0, pruned.status());
        assertTrue(pruned.out().contains("startup-2"), pruned.out());
        assertTrue(pruned.err().contains("removed 1 of 3 results"), pruned.err());
        assertEquals(3, entries());
        assertTrue(Files.exists(directory.resolve("results/startup-1/result.json")));
        assertTrue(Files.exists(directory.resolve("results/notes.txt")));
        bench.run("baseline", "--remove", "results/startup-1");
        assertEquals(0, bench.run("prune", "--keep-last", "1", "-y").status());
        assertEquals(2, entries());
    }

    @Test
    void keepsAResultThatHasMoreThanItsOwnFiles() throws Exception {
        Files.writeString(directory.resolve("results/startup-1/mine.txt"), "");
        Bench.Outcome pruned = bench.run("prune", "--keep-last", "1", "--yes");

        assertTrue(
                pruned.err().contains("kept: results/startup-1 has files beside the result's own: mine.txt"),
                pruned.err());
        assertTrue(Files.exists(directory.resolve("results/startup-1/result.json")));
        assertFalse(Files.exists(directory.resolve("results/startup-2")));
    }

    @Test
    void publishesASiteAndNamesItsIndex() throws Exception {
        Bench.Outcome published = bench.run("publish", "results", "public");

        assertEquals(0, published.status(), published.err());
        assertEquals("public/index.html\n", published.out());
        assertTrue(published.err().contains("3 results, 3 of them new or changed; 0 change points; "), published.err());
        assertTrue(published.err().contains("skipped: results/notes.txt"), published.err());
        assertTrue(Files.readString(directory.resolve("public/index.html")).contains("3 results of 1 scenario"));
        Bench.Outcome again = bench.run("publish", "results", "public");
        assertTrue(again.err().contains("0 of them new or changed; 0 change points; 0 files written"), again.err());
    }

    @Test
    void saysInOneLineWhatIsWrong() throws Exception {
        assertMisused("no such folder; name the one that `bench run --out` writes to", "list", "none");
        assertMisused("no such folder", "publish", "none", "public");
        assertMisused("among the results", "publish", "results", "results");
        assertMisused("--url is 'ftp://x'", "publish", "--url", "ftp://x", "results", "public");
        assertMisused("name a rule: --keep-last N, --keep-days D, or both", "prune");
        assertMisused("--keep-last is 0; a number from 1 on is accepted", "prune", "--keep-last", "0");
        assertMisused("--keep-days is -1", "prune", "--keep-days", "-1");
        assertMisused("no such file; name a directory that `bench run` wrote", "baseline", "results");
        assertEquals(4, entries());
        assertFalse(Files.exists(directory.resolve("results/baseline")));
    }

    private void assertMisused(String message, String... arguments) throws Exception {
        Bench.Outcome outcome = bench.run(arguments);
        assertEquals(2, outcome.status(), outcome.err());
        assertTrue(outcome.err().contains(message), outcome.err());
        assertFalse(outcome.err().contains("\tat "), outcome.err());
        assertEquals("", outcome.out());
    }

    private long entries() throws IOException {
        try (Stream<Path> entries = Files.list(directory.resolve("results"))) {
            return entries.count();
        }
    }

    private void write(String name, String startedAt, boolean partial) {
        ResultStore.create(directory.resolve("results").resolve(name))
                .write(new Result(
                        Result.SCHEMA,
                        name,
                        "bench 0.1.0",
                        List.of("bench", "run"),
                        startedAt,
                        startedAt,
                        170,
                        new Result.ScenarioFacts("startup", "cd", "startup"),
                        Result.PlanFacts.of(7, 10, 1, "container", null),
                        Map.of("cpu", "Example CPU", "topology", "1 socket", "memory", "2000 MiB"),
                        new Result.WorkloadFacts("nginx", "sha256:12", "ab", List.of("nginx"), "HTTP 200", "1 CPU"),
                        List.of(
                                new Result.TargetFacts(
                                        "container", TargetKind.CONTAINER, "docker", false, Map.of(), null),
                                new Result.TargetFacts("vm", TargetKind.VM, "libvirt", true, Map.of(), null)),
                        null,
                        List.of(summary("container", 250), summary("vm", 3_100)),
                        List.of(),
                        List.of(),
                        partial));
    }

    private static Result.MetricSummary summary(String target, double median) {
        return new Result.MetricSummary(
                "startup.ready_ms", "ms", target, 10, 0, median, median - 1, median + 1, 1.0, median, median, 0);
    }
}
