package dev.bench.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.bench.measure.stack.StackSettings;
import dev.bench.workload.ImageSource;
import dev.bench.workload.Service;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StackReaderTest {
    private static final String WORKLOAD = "compose: c.yaml, front: web, ready: {http:}";

    @TempDir
    private Path directory;

    @BeforeEach
    void writeCompose() throws IOException {
        Files.writeString(
                directory.resolve("c.yaml"),
                "services:\n  web: {image: nginx, command: run, depends_on: [db]}\n  db: {image: postgres}\n");
    }

    private ScenarioSpec read(String measure, String settings, String workload) throws IOException, ScenarioException {
        Path file = directory.resolve("s.yaml");
        Files.writeString(
                file,
                "name: a\nmeasure: " + measure + "\n" + settings + "\nworkload: {" + workload
                        + "}\ntargets: {x: {docker: {}}}\n");
        return new ScenarioReader(ScenarioReaderTest.drivers()).read(file);
    }

    private String faults(String measure, String settings, String workload) {
        ScenarioException e = assertThrows(ScenarioException.class, () -> read(measure, settings, workload));
        return String.valueOf(e.getMessage()).replace(directory + "/", "");
    }

    @Test
    void theFrontIsTheWorkloadAndImagesStandForReferences() throws Exception {
        ScenarioSpec spec = read(
                "stack",
                "stack: {change: db}",
                WORKLOAD + ", images: {postgres: {debian: bookworm, packages: [postgresql]}}");
        assertEquals(new StackSettings("db", true, null), spec.settings());
        assertEquals(new ImageSource.Oci("nginx"), spec.workload().image());
        assertEquals(List.of("run"), spec.workload().overrides().arguments());
        assertEquals(
                List.of("db", "web"),
                spec.workload().stack().services().stream().map(Service::name).toList());
        assertEquals(
                new ImageSource.Debian("bookworm", List.of("postgresql"), null),
                spec.workload().stack().service("db").image());
        assertEquals(
                new StackSettings(null, false, null),
                read("stack", "stack: {health: interval}", WORKLOAD).settings());
    }

    @Test
    void aLoadTakesItsPathFromTheProbeAndAsksHttpOnly() throws Exception {
        assertEquals(
                new StackSettings(null, true, new StackSettings.FrontLoad(16, Duration.ofSeconds(5), "/", 0)),
                read("stack", "stack: {load: {}}", WORKLOAD).settings());
        assertEquals(
                new StackSettings(null, true, new StackSettings.FrontLoad(4, Duration.ofSeconds(1), "/a", 50)),
                read("stack", "stack: {load: {connections: 4, duration: 1s, path: /a, rate: 50/s}}", WORKLOAD)
                        .settings());
        assertEquals(
                "s.yaml:3:15: stack.load: sends HTTP requests; it goes with ready: http only",
                faults(
                        "stack",
                        "stack: {load: {}}",
                        "compose: c.yaml, front: web, ready: {tcp: {port: 80, expect: x}}"));
    }

    @Test
    void faultsOfBothFilesStandAtTheirPlaces() throws IOException {
        assertEquals(
                "s.yaml:3:17: stack.change: there is no service x; give one of db, web",
                faults("stack", "stack: {change: x}", WORKLOAD));
        assertEquals(
                "s.yaml:4:66: workload.images.mysql: is no image of the Compose file, which has nginx, postgres",
                faults("stack", "stack:", WORKLOAD + ", images: {mysql: {oci: x}}"));
        assertEquals(
                "s.yaml:4:12: workload.image: does not go with measure: stack, whose Compose file says it of each service;"
                        + " leave it out",
                faults("stack", "stack:", "image: {oci: x}, " + WORKLOAD));
        assertEquals(
                "s.yaml:4:56: workload.compose: goes with a measure that runs several services only: measure: stack",
                faults("startup", "x-a: 1", "image: {oci: x}, ready: {exit: 0},          compose: c.yaml"));
        assertEquals(
                "s.yaml:4:11: workload.front: is missing; name the service of the Compose file that ready asks",
                faults("stack", "stack:", "compose: c.yaml, ready: {http:}"));
        assertEquals(
                "n.yaml:1:1: is not a file; name a Compose file",
                faults("stack", "stack:", "compose: n.yaml, front: web, ready: {http:}"));
        Files.writeString(directory.resolve("c.yaml"), "services:\n  web: {image: nginx, cpus: 1}\n");
        assertEquals(
                "s.yaml:3:9: stack.chnge: is not known here; did you mean 'change'? Accepted: change, health, load\n"
                        + "c.yaml:2:23: services.web.cpus: is not supported: every service has the scenario's own,"
                        + " limits.cpus and limits.memory; leave it out",
                faults("stack", "stack: {chnge: x}", WORKLOAD));
    }
}
