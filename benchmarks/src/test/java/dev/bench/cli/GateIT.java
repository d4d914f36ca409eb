package dev.bench.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bench.known.RestWorkload;
import dev.bench.result.Result;
import dev.bench.result.ResultStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Runs gates on the real engines, as a pipeline does. */
@Tag("alone")
@ExtendWith(NothingIsLeft.class)
class GateIT {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path directory;

    private Bench bench;

    @BeforeEach
    void prepare() {
        bench = new Bench(directory);
    }

    @Test
    void anImageThatIsSlowerThanItsBaselineEndsWith3AndEveryOutputSaysSo() throws Exception {
        String scenario = scenario(10, 600);

        Bench.Outcome outcome =
                bench.run("run", "--yes", "--gate", "--junit", "gate.xml", "--markdown", "gate.md", scenario);

        assertEquals(3, outcome.status(), outcome.err());
        assertTrue(outcome.out().startsWith("verdict: gate-"), outcome.out());
        assertTrue(
                outcome.out().contains("against its baseline (image dockerfile rest-10): regressed ("), outcome.out());
        ResultStore store = new ResultStore(bench.result());
        Result result = store.read();
        assertEquals(
                List.of("process", "process (baseline)", "container", "container (baseline)"),
                result.targets().stream().map(Result.TargetFacts::name).toList());
        assertTrue(store.launches().stream().allMatch(launch -> launch.ok()));
        assertEquals(2 * 7 * 5, store.launches().size());
        assertFalse(result.workload()
                .imageDigest()
                .equals(result.plan().gate().workload().imageDigest()));
        JsonNode gate = JSON.readTree(store.directory().resolve("gate.json").toFile());
        assertEquals("regressed", gate.path("verdict").asText());
        assertEquals(4, gate.path("comparisons").size());
        // Until the program runs there is no difference; on a busy host six blocks may find one by chance all the same.
        for (JsonNode comparison : gate.path("comparisons")) {
            assertTrue(
                    comparison.path("metric").asText().equals("startup.exec_ms")
                            || comparison.path("verdict").asText().equals("regressed"),
                    comparison.toString());
        }
        assertTrue(bench.read("gate.xml").contains("<failure"), bench.read("gate.xml"));
        assertEquals(bench.read("gate.md"), Files.readString(store.directory().resolve("gate.md")));
        assertTrue(Files.readString(store.directory().resolve("report.html"))
                .contains("against its baseline (image dockerfile rest-10): regressed"));
        assertSameWhenComparedAndExplained(store.directory());
    }

    private void assertSameWhenComparedAndExplained(Path result) throws Exception {
        Bench.Outcome compared = bench.run("compare", result + "@process (baseline)", result + "@process");
        assertEquals(3, compared.status(), compared.err());
        assertTrue(compared.out().contains("regressed ("), compared.out());
        Bench.Outcome explained = bench.run("explain", result.toString(), "startup.ready_ms", "--target", "process");
        assertEquals(0, explained.status(), explained.err());
        assertTrue(explained.out().contains("Verdict: regressed."), explained.out());
    }

    @Test
    void anImageAgainstItselfPassesUntilALimitIsBroken() throws Exception {
        String scenario = scenario("gate: {limits: {startup.ready_ms: {max: 60000}}}");

        Bench.Outcome same = bench.run(
                "run", "--yes", "--gate", "--baseline", "image=dockerfile:rest-200", "--target", "process", scenario);

        assertEquals(0, same.status(), same.err());
        assertTrue(same.out().contains("A/A gate"), same.out());
        assertTrue(same.out().contains("limit kept"), same.out());

        scenario("gate: {limits: {startup.ready_ms: {max: 100}}}");
        Bench.Outcome slow = bench.run(
                "run", "--yes", "--gate", "--baseline", "image=dockerfile:rest-200", "--target", "process", scenario);

        assertEquals(3, slow.status(), slow.err());
        assertTrue(slow.out().contains("limit broken"), slow.out());
    }

    @Test
    void aGateThatCannotBeRunIsOneMessageAndAStatusOf2() throws Exception {
        String scenario = scenario("");

        assertRefused("a gate needs a baseline", "run", "--gate", scenario);
        assertRefused("no target has the option 'kernel'", "run", "--gate", "--baseline", "kernel=/bin/sh", scenario);
        assertRefused(
                "--sessions 1: a gate takes",
                "run",
                "--gate",
                "--baseline",
                "runtime=runc",
                "--sessions",
                "1",
                scenario);
        assertRefused("--baseline goes with --gate", "run", "--baseline", "runtime=runc", scenario);
        assertRefused("--junit goes with --gate", "run", "--junit", "x.xml", scenario);
        assertRefused(
                "--junit: cannot write no/such/x.xml",
                "run",
                "--gate",
                "--baseline",
                "runtime=runc",
                "--junit",
                "no/such/x.xml",
                scenario);
        Bench.Outcome planned = bench.run("plan", "--gate", "--baseline", "runtime=runc", scenario);
        assertEquals(0, planned.status(), planned.err());
        assertTrue(
                planned.out()
                        .contains(
                                "container (baseline): docker rootless=false runtime=runc security=default start=cold (reference)"),
                planned.out());
    }

    private void assertRefused(String message, String... arguments) throws Exception {
        Bench.Outcome outcome = bench.run(arguments);
        assertEquals(2, outcome.status(), outcome.err());
        assertTrue(outcome.err().contains(message), outcome.err());
    }

    /** Writes two images and a scenario that judges one against the other. */
    private String scenario(long baselineMillis, long judgedMillis) throws IOException {
        return RestWorkload.write(
                        directory,
                        Duration.ofMillis(baselineMillis),
                        Duration.ofMillis(judgedMillis),
                        "{process: {}, container: {docker: {}}}",
                        "{blocks: 6}")
                .toString();
    }

    /** Writes a scenario that says nothing of a gate but this. */
    private String scenario(String gate) throws IOException {
        Path file = Path.of(scenario(200, 200));
        return Files.writeString(file, Files.readString(file).replaceAll("(?m)^gate:\\n .*$", gate))
                .toString();
    }
}
