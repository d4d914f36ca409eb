package dev.bench.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.bench.result.Bound;
import dev.bench.result.Claim;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ClaimsReaderTest {
    private static final String SCENARIO = """
            name: a
            workload: {image: {debian: bookworm, packages: [nginx]}, ready: {exit: 0}}
            targets: {container: {docker: {}}, vm: {libvirt: {}}}
            claims:
            """;

    @TempDir
    private Path directory = Path.of("");

    private List<Claim> read(String claims) throws IOException, ScenarioException {
        Path file = directory.resolve("s.yaml");
        Files.writeString(file, SCENARIO + claims.indent(2));
        return new ScenarioReader(ScenarioReaderTest.drivers()).read(file).claims();
    }

    private List<String> faults(String claims) {
        return assertThrows(ScenarioException.class, () -> read(claims))
                .getMessage()
                .lines()
                .map(line -> line.substring(line.indexOf("s.yaml")))
                .toList();
    }

    @Test
    void readsEachKindInTheOrderOfTheFile() throws Exception {
        assertEquals(
                List.of(
                        new Claim(
                                "minutes",
                                "Machines boot in minutes.",
                                "notes",
                                "",
                                "startup.ready_ms",
                                null,
                                Claim.Kind.ABSOLUTE,
                                List.of("vm"),
                                new Bound(60_000.0, null)),
                        new Claim(
                                "ten-times",
                                "Ten times faster.",
                                "a paper",
                                "a server",
                                "startup.exec_ms",
                                null,
                                Claim.Kind.RATIO,
                                List.of("vm", "container"),
                                new Bound(9.0, 11.0)),
                        new Claim(
                                "mostly",
                                "Most of it is the engine.",
                                "notes",
                                "",
                                "startup.exec_ms",
                                "startup.ready_ms",
                                Claim.Kind.SHARE,
                                List.of("container"),
                                new Bound(0.5, null)),
                        new Claim(
                                "faster",
                                "Faster.",
                                "notes",
                                "",
                                "startup.ready_ms",
                                null,
                                Claim.Kind.ORDER,
                                List.of("container", "vm"),
                                new Bound(null, null))),
                read("""
                        minutes:
                          says: Machines boot in minutes.
                          source: notes
                          metric: startup.ready_ms
                          target: vm
                          is: {min: 60000}
                        ten-times:
                          says: Ten times faster.
                          source: a paper
                          hardware: a server
                          metric: startup.exec_ms
                          ratio: [vm, container]
                          is: {min: 9, max: 11}
                        mostly:
                          says: Most of it is the engine.
                          source: notes
                          metric: startup.exec_ms
                          over: startup.ready_ms
                          target: container
                          is: {min: 0.5}
                        faster:
                          {says: Faster., source: notes, metric: startup.ready_ms, order: [container, vm]}
                        """));
    }

    @Test
    void aScenarioNeedNotClaimAnything() throws Exception {
        assertEquals(List.of(), read(""));
    }

    @Test
    void everyFaultHasItsPlaceAndWhatIsAccepted() {
        assertEquals(
                List.of(
                        "s.yaml:5:6: claims.a: names no target; give one of target, ratio, order",
                        "s.yaml:5:6: claims.a.source: is missing; name the paper, the page or the book, so that a reader"
                                + " can look it up",
                        "s.yaml:5:6: claims.a.metric: is missing; give one of the measure's",
                        "s.yaml:5:6: claims.a.is: names no limit; give max, min or both, such as {max: 400}"),
                faults("a: {says: So.}").stream().distinct().toList());
        assertEquals(
                List.of("s.yaml:5:53: claims.a.metric: 'startup.redy_ms' is no metric of measure: startup; did you mean"
                        + " 'startup.ready_ms'? Accepted: startup.ready_ms, startup.exec_ms, startup.second_ms,"
                        + " startup.kept_ms, teardown_ms, startup.state_mib, startup.save_ms"),
                faults("a: {says: So., source: notes, target: vm, metric: startup.redy_ms, is: {min: 1}}"));
        assertEquals(
                List.of("s.yaml:5:40: claims.a.order: 'lxc' is not a target; give one of container, vm"),
                faults("a: {says: So., source: notes, order: [vm, lxc], metric: startup.ready_ms}"));
        assertEquals(
                List.of("s.yaml:5:40: claims.a.ratio: takes two targets"),
                faults("a: {says: So., source: notes, ratio: [vm], metric: startup.ready_ms, is: {min: 1}}"));
        assertEquals(
                List.of("s.yaml:5:40: claims.a.order: names a target twice; keep one"),
                faults("a: {says: So., source: notes, order: [vm, vm], metric: startup.ready_ms}"));
        assertEquals(
                List.of("s.yaml:5:83: claims.a.is: goes with target and ratio only; an order has no bound"),
                faults(
                        "a: {says: So., source: notes, order: [container, vm], metric: startup.ready_ms, is: {min: 1}}"));
        assertEquals(
                List.of("s.yaml:5:33: claims.a.over: goes with target only; order compares targets on one metric"),
                faults("a: {says: So., source: notes, over: startup.exec_ms, order: [container, vm],"
                        + " metric: startup.ready_ms}"));
        assertEquals(
                List.of("s.yaml:5:39: claims.a.over: 'startup.exec_ms' is the metric itself; give another one"),
                faults("a: {says: So., source: notes, over: startup.exec_ms, target: vm, metric: startup.exec_ms,"
                        + " is: {min: 1}}"));
        assertEquals(
                List.of("s.yaml:5:39: claims.a.over: 'startup.exe_ms' is no metric of measure: startup; did you mean"
                        + " 'startup.exec_ms'? Accepted: startup.ready_ms, startup.exec_ms, startup.second_ms,"
                        + " startup.kept_ms, teardown_ms, startup.state_mib, startup.save_ms"),
                faults("a: {says: So., source: notes, over: startup.exe_ms, target: vm, metric: startup.ready_ms,"
                        + " is: {min: 1}}"));
        assertEquals(
                List.of(
                        "s.yaml:5:3: claims.A b: is not a name for a claim; give lower-case letters, digits and hyphens"),
                faults("A b: {says: So., source: notes, target: vm, metric: startup.ready_ms, is: {min: 1}}"));
    }
}
