package dev.bench.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bench.result.Bound;
import dev.bench.workload.ImageSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class GateReaderTest {
    private static final String SCENARIO = """
            name: a
            workload: {image: {debian: bookworm, packages: [nginx]}, ready: {exit: 0}}
            targets: {container: {docker: {}}, vm: {libvirt: {}}}
            gate:\s""";

    @TempDir
    private Path directory = Path.of("");

    @Test
    void readsBaselineBudgetsAndLimits() throws Exception {
        GateSpec gate = read("{baseline: {runtime: crun, machine: pc}, budgets: {startup.ready_ms: 3%},"
                + " limits: {startup.ready_ms: {max: 400}, startup.exec_ms: {min: 1, max: 2.5}}}");

        assertEquals(new Baseline(null, Map.of("runtime", "crun", "machine", "pc")), gate.baseline());
        assertEquals(Map.of("startup.ready_ms", 0.03), gate.budgets());
        assertEquals(
                Map.of("startup.ready_ms", new Bound(null, 400.0), "startup.exec_ms", new Bound(1.0, 2.5)),
                gate.limits());
    }

    @Test
    void aDebianBaselineHasThePackagesOfTheWorkloadWhereItNamesNone() throws Exception {
        assertEquals(
                new ImageSource.Debian("trixie", List.of("nginx"), null),
                read("{baseline: {image: {debian: trixie}}}").baseline().image());
        assertEquals(
                new ImageSource.Debian("trixie", List.of("curl"), null),
                read("{baseline: {image: {debian: trixie, packages: [curl]}}}")
                        .baseline()
                        .image());
    }

    @Test
    void aScenarioNeedNotSpeakOfGates() throws Exception {
        Path file = directory.resolve("s.yaml");
        Files.writeString(file, SCENARIO.replaceAll("\ngate: $", "\n"));
        assertNull(new ScenarioReader(ScenarioReaderTest.drivers()).read(file).gate());
    }

    @Test
    void everyFaultHasItsPlaceAndWhatIsAccepted() {
        assertFault(
                "{baseline: {runtme: x, runtime: runc}}",
                "s.yaml:4:19: gate.baseline.runtme: is not known here; did you"
                        + " mean 'runtime'? Accepted: image, runtime, ");
        assertFault("{baseline: {}}", "s.yaml:4:18: gate.baseline: names nothing; give one or more of image, runtime");
        assertFault(
                "{baseline: {kernel: nowhere}}",
                "s.yaml:4:27: gate.baseline.kernel: 'nowhere' is not accepted; give the");
        assertFault(
                "{budgets: {startup.ready_ms: 3}}",
                "s.yaml:4:36: gate.budgets.startup.ready_ms: '3' is not accepted;" + " give a share such as 3%");
        assertFault(
                "{budgets: {startup.redy_ms: 3%}}",
                "s.yaml:4:18: gate.budgets.startup.redy_ms: is not known here; did"
                        + " you mean 'startup.ready_ms'? Accepted: startup.ready_ms, startup.exec_ms");
        assertFault(
                "{limits: {startup.ready_ms: {}}}",
                "s.yaml:4:35: gate.limits.startup.ready_ms: names no limit; give max," + " min or both");
        assertFault(
                "{limits: {startup.ready_ms: {min: 5, max: 4}}}",
                "s.yaml:4:41: gate.limits.startup.ready_ms.min: 5.0 is" + " larger than max 4.0");
        assertFault("{basline: {}}", "s.yaml:4:8: gate.basline: is not known here; did you mean 'baseline'?");
    }

    @Test
    void anOptionThatNoTargetHasIsRefusedWithWhatTheyHave() {
        ScenarioException refused = assertThrows(ScenarioException.class, () -> {
            Path file = directory.resolve("s.yaml");
            Files.writeString(
                    file, SCENARIO.replace("vm: {libvirt: {}}", "process: {}") + "{baseline: {kernel: /bin/sh}}");
            new ScenarioReader(ScenarioReaderTest.drivers()).read(file);
        });
        assertEquals(
                "no target has the option 'kernel'; container has rootless, runtime, security, start, user; process has start",
                refused.problems().get(0).message());
    }

    @Test
    void theCommandLineNamesAnImageByItsKind() throws IOException {
        Files.writeString(directory.resolve("x.tar"), "");
        Files.createDirectories(directory.resolve("context"));
        Files.writeString(directory.resolve("context/Dockerfile"), "");

        assertEquals(
                new ImageSource.Oci("nginx:1.26"), parse("image=nginx:1.26").image());
        assertEquals(
                new ImageSource.Oci("debian:12"), parse("image=oci:debian:12").image());
        assertEquals(
                new ImageSource.Debian("trixie", List.of(), null),
                parse("image=debian:trixie").image());
        assertEquals(
                new ImageSource.Archive(directory.resolve("x.tar")),
                parse("image=archive:x.tar").image());
        assertEquals(
                new ImageSource.Dockerfile(directory.resolve("context")),
                parse("image=dockerfile:context").image());
        assertEquals(Map.of("runtime", "1"), parse("runtime=1").options());
        assertTrue(parse().isEmpty());
    }

    @Test
    void theCommandLineIsToldWhatIsAccepted() {
        assertRefused("--baseline 'runtime' is not accepted; give KEY=VALUE with one of image, ", "runtime");
        assertRefused("--baseline runtme: is not known here; did you mean 'runtime'?", "runtme=x");
        assertRefused("--baseline image.archive: ", "image=archive:nowhere.tar");
        assertRefused("--baseline runtime is given twice; keep one", "runtime=a", "runtime=b");
    }

    private void assertFault(String gate, String fault) {
        ScenarioException refused = assertThrows(ScenarioException.class, () -> read(gate), gate);
        List<String> faults = refused.problems().stream()
                .map(problem -> problem.describe("s.yaml"))
                .toList();
        assertTrue(faults.stream().anyMatch(found -> found.startsWith(fault)), faults + " has no " + fault);
    }

    private void assertRefused(String message, String... arguments) {
        IllegalArgumentException refused = assertThrows(IllegalArgumentException.class, () -> parse(arguments));
        assertTrue(String.valueOf(refused.getMessage()).startsWith(message), refused.getMessage());
    }

    private Baseline parse(String... arguments) {
        return new BaselineReader(ScenarioReaderTest.drivers(), directory, new ImageSource.Oci("x"))
                .parse(List.of(arguments));
    }

    private GateSpec read(String gate) throws IOException, ScenarioException {
        Path file = directory.resolve("s.yaml");
        Files.writeString(file, SCENARIO + gate);
        return new ScenarioReader(ScenarioReaderTest.drivers()).read(file).gate();
    }
}
