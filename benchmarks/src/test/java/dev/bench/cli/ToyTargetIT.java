package dev.bench.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bench.result.Launch;
import dev.bench.result.Result;
import dev.bench.result.ResultStore;
import dev.bench.toy.Toy;
import dev.bench.toy.ToyDriver;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Examines for, runs, reports and cleans a target that no class of the product knows. Needs root, and what {@code bench
 * setup} installs.
 */
final class ToyTargetIT {
    @TempDir
    private Path directory;

    private Path state;

    @BeforeEach
    void prepare() throws IOException {
        state = Files.createDirectories(directory.resolve("state"));
    }

    @AfterEach
    void nothingIsLeft() throws IOException {
        assertEquals(List.of(), Traces.all());
        assertEquals(List.of(), toys());
    }

    @Test
    void theDoctorAndSetupKnowWhatItNeeds() throws Exception {
        Bench.Outcome fit = bench(Map.of()).run("doctor");
        assertTrue(fit.out().contains("toy threads"), fit.out());
        assertTrue(fit.out().contains("thread: can be measured"), fit.out());

        Bench unfit = bench(Map.of(ToyDriver.LACKING, "1"));
        Bench.Outcome setup = unfit.run("setup");
        assertEquals(5, setup.status(), setup.err());
        assertTrue(setup.err().contains("missing packages: toy-threads"), setup.err());
        Bench.Outcome run = unfit.run("run", Toy.scenario(directory, "toy").toString());
        assertEquals(5, run.status(), run.err());
        assertTrue(run.err().contains("missing packages: toy-threads"), run.err());
    }

    @Test
    void itIsRunStoredReportedAndPutOnAScoreboard() throws Exception {
        Bench bench = bench(Map.of());
        Bench.Outcome outcome = bench.run(
                "run",
                "--yes",
                Toy.scenario(directory, "one").toString(),
                Toy.scenario(directory, "other").toString());

        assertEquals(0, outcome.status(), outcome.err());
        ResultStore store = new ResultStore(named("one-"));
        Result result = store.read();
        assertEquals("1.0", result.host().get("toy"));
        for (Result.TargetFacts target : result.targets()) {
            assertEquals("thread", target.kind().label());
            assertEquals("thread", target.driver());
            assertEquals(Map.of("launched by", "threads of the lab"), target.facts());
            assertEquals(result.workload().treeDigest(), target.identity().treeDigest());
        }
        // Six measured blocks and a discarded one, the reference twice in each.
        assertEquals(7 * 3, store.launches().size());
        assertTrue(store.launches().stream().allMatch(Launch::ok), outcome.err());
        assertTrue(
                Files.readString(store.directory().resolve("report.html")).contains("<h1>one: short"),
                "no headline in " + store.directory());
        String scoreboard = Files.readString(named("scoreboard-").resolve("report.html"));
        assertTrue(scoreboard.contains("<th scope=\"col\">thread</th>"), "no column in the scoreboard");

        Bench.Outcome again = bench.run("report", store.directory().toString());
        assertEquals(0, again.status(), again.err());
        Bench.Outcome compared = bench.run(
                "compare", store.directory().toString(), named("other-").toString());
        assertTrue(compared.out().contains("long"), compared.out() + compared.err());
    }

    @Test
    void itTakesAnExistingService() throws Exception {
        Bench bench = bench(Map.of("TOY_ADDRESS", "threads of mine"));
        Bench.Outcome outcome =
                bench.run("run", "--blocks", "1", Toy.scenario(directory, "one").toString());

        assertEquals(0, outcome.status(), outcome.err());
        Result result = new ResultStore(bench.result()).read();
        assertEquals("threads of mine", result.targets().get(0).facts().get("launched by"));
    }

    @Test
    void whatAKilledRunLeftInItIsRemoved() throws Exception {
        Bench bench = bench(Map.of());
        Process run = bench.start(
                "run", "--blocks", "1000", Toy.scenario(directory, "one").toString());
        bench.awaitLaunches(1);
        run.destroyForcibly().waitFor(60, TimeUnit.SECONDS);
        assertEquals(1, toys().size());

        // Another environment than the run's: it must find its way by what the run stated.
        Bench.Outcome clean = new Bench(directory, Map.of(), Toy.classPath()).run("clean");

        assertEquals(0, clean.status(), clean.err());
        assertFalse(clean.err().contains("may have left something"), clean.err());
        assertEquals(List.of(), toys());
    }

    private Bench bench(Map<String, String> environment) {
        Map<String, String> all = new HashMap<>(environment);
        all.put(ToyDriver.STATE, state.toString());
        return new Bench(directory, all, Toy.classPath());
    }

    private Path named(String prefix) throws IOException {
        try (DirectoryStream<Path> found = Files.newDirectoryStream(directory.resolve("results"), prefix + "*")) {
            return found.iterator().next();
        }
    }

    private List<Path> toys() throws IOException {
        List<Path> toys = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(state)) {
            found.forEach(toys::add);
        }
        return toys;
    }
}
