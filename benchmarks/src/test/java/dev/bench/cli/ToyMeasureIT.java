package dev.bench.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bench.result.Launch;
import dev.bench.result.Result;
import dev.bench.result.ResultStore;
import dev.bench.toy.Toy;
import dev.bench.toy.ToyDriver;
import dev.bench.toy.ToyTurn;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Measures, reports, compares, gates and publishes what no class of the product knows, on targets that none knows. Needs
 * root, and what {@code bench setup} installs.
 */
@ExtendWith(NothingIsLeft.class)
final class ToyMeasureIT {
    /** Two targets and the reference's copy. */
    private static final int LAUNCHES = 3;

    @TempDir
    private Path directory = Path.of("");

    private Bench bench = new Bench(directory);

    @BeforeEach
    void prepare() throws IOException {
        Path state = Files.createDirectories(directory.resolve("state"));
        bench = new Bench(directory, Map.of(ToyDriver.STATE, state.toString()), Toy.classPath());
    }

    @Test
    void itIsMeasuredStoredReportedComparedAndPublished() throws Exception {
        Bench.Outcome run = bench.run(
                "run",
                "--yes",
                Toy.turning(directory, "one", 3).toString(),
                Toy.turning(directory, "other", 2).toString());

        assertEquals(0, run.status(), run.err());
        ResultStore store = new ResultStore(named("one-"));
        assertStored(store);
        assertReported(store.directory(), run);
        assertOnScoreboard(named("scoreboard-"));
        String result = store.directory().toString();
        Bench.Outcome compared = bench.run("compare", result, named("other-").toString());
        assertEquals(0, compared.status(), compared.err());
        assertTrue(compared.out().contains("toy.turn_ms"), compared.out());
        Bench.Outcome verified = bench.run("verify", result);
        assertEquals(0, verified.status(), verified.out() + verified.err());
        Bench.Outcome published = bench.run("publish", "results", "site");
        assertEquals(0, published.status(), published.err());
        assertTrue(
                bench.read("site/index.html").contains("<th scope=\"col\">Turn</th><th scope=\"col\">Turns</th>"),
                "no metrics in " + directory.resolve("site/index.html"));
    }

    private static void assertStored(ResultStore store) {
        Result result = store.read();
        assertEquals("toy", result.scenario().measure());
        List<Launch> launches = store.launches();
        // Six measured blocks and a discarded one.
        assertEquals(7 * LAUNCHES, launches.size());
        assertTrue(launches.stream().allMatch(Launch::ok), launches.toString());
        List<ToyTurn> turns = store.details(ToyTurn.FILE);
        assertEquals(7 * LAUNCHES * 3, turns.size());
        for (Launch launch : launches) {
            double mean = turns.stream()
                    .filter(turn ->
                            turn.block() == launch.block() && turn.target().equals(launch.target()))
                    .mapToDouble(ToyTurn::millis)
                    .average()
                    .orElseThrow();
            assertEquals(mean, launch.values().get("toy.turn_ms"), 1e-9 * mean, launch.toString());
        }
    }

    private static void assertReported(Path directory, Bench.Outcome run) throws IOException {
        String html = Files.readString(directory.resolve("report.html"));
        assertTrue(html.contains("<h1>one, a turn: short"), "no headline in " + directory);
        assertTrue(html.contains("<h2>Longest turns</h2>"), "no section in " + directory);
        assertTrue(html.contains("<dd>a launch, and the removal after it</dd>"), "no word in " + directory);
        String markdown = Files.readString(directory.resolve("report.md"));
        assertTrue(markdown.contains("**Turn**, one launch with its removal"), markdown);
        assertTrue(markdown.contains("**Turns**, launches and removals in a row"), markdown);
        assertTrue(run.out().contains("one, a turn: short"), run.out());
    }

    private static void assertOnScoreboard(Path directory) throws IOException {
        String scoreboard = Files.readString(directory.resolve("report.html"));
        assertTrue(scoreboard.contains("How long does it take to turn?"), "no question in " + directory);
        assertTrue(scoreboard.contains("<th scope=\"col\">thread</th>"), "no column in " + directory);
    }

    @Test
    void aGateJudgesItsMetricsByItsBudgetsAndLimits() throws Exception {
        Path scenario = Toy.turning(directory, "gate", 2);
        Files.writeString(
                scenario,
                Files.readString(scenario)
                        + "gate: {budgets: {toy.turn_ms: 10%}, limits: {toy.turns_per_s: {min: 1}}}\n");

        Bench.Outcome worse = bench.run(
                "run",
                "--yes",
                "--gate",
                "--target",
                "long",
                "--baseline",
                "milliseconds=20",
                "--blocks",
                "12",
                scenario.toString());

        assertEquals(3, worse.status(), worse.err());
        assertTrue(worse.out().contains("regressed"), worse.out());
        assertTrue(worse.out().contains("limit kept"), worse.out());
        Bench.Outcome explained = bench.run("explain", named("gate-").toString(), "toy.turns_per_s");
        assertEquals(0, explained.status(), explained.err());
        assertTrue(explained.out().contains("Verdict: regressed."), explained.out());
    }

    private Path named(String prefix) throws IOException {
        try (DirectoryStream<Path> found = Files.newDirectoryStream(directory.resolve("results"), prefix + "*")) {
            return found.iterator().next();
        }
    }
}
