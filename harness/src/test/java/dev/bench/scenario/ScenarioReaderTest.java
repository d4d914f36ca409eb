package dev.bench.scenario;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bench.plan.BlockOrder;
import dev.bench.plan.Plan;
import dev.bench.plan.Planner;
import dev.bench.target.TargetDefinition;
import dev.bench.target.TargetDriver;
import dev.bench.workload.ImageSource;
import dev.bench.workload.Measurement;
import dev.bench.workload.Readiness;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScenarioReaderTest {
    private static final Path SHIPPED = Path.of("..", "scenarios");

    @TempDir
    private Path directory;

    static List<TargetDriver> drivers() {
        return ServiceLoader.load(TargetDriver.class).stream()
                .map(ServiceLoader.Provider::get)
                .toList();
    }

    private ScenarioSpec read(String text) throws IOException, ScenarioException {
        Path file = directory.resolve("s.yaml");
        Files.writeString(file, text);
        return new ScenarioReader(drivers()).read(file);
    }

    private List<String> faults(String text) {
        ScenarioException exception = assertThrows(ScenarioException.class, () -> read(text));
        return exception.problems().stream()
                .map(problem -> problem.describe("s.yaml"))
                .toList();
    }

    @Test
    void readsEveryShippedScenario() throws Exception {
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(SHIPPED, "*.yaml")) {
            for (Path file : files) {
                names.add(new ScenarioReader(drivers()).read(file).name());
            }
        }
        names.sort(null);
        assertEquals(List.of("gate", "job", "jvm", "memory", "postgres", "redis", "scaleout", "startup"), names);
    }

    @Test
    void reportsEveryFaultAtOnceWithItsPlaceAndWhatIsAccepted() {
        assertEquals(
                List.of(
                        "s.yaml:1:7: name: 'Not OK' is not accepted; give lower-case letters, digits and hyphens, 40 at"
                                + " most",
                        "s.yaml:2:1: mesure: is not known here; did you mean 'measure'? Accepted: name, description,"
                                + " measure, memory, scaleout, workload, limits, targets, plan, gate",
                        "s.yaml:4:10: workload.image: names debian and oci; keep one",
                        "s.yaml:5:12: workload.command: must be a list such as [nginx, -g, \"daemon off;\"], found"
                                + " 'nginx -g'",
                        "s.yaml:6:24: workload.ready.http.port: '99999' is not accepted; give a whole number from 1 to"
                                + " 65535",
                        "s.yaml:6:41: workload.ready.timeout: '60' is not accepted; give a duration such as 500ms, 30s or"
                                + " 2m",
                        "s.yaml:7:16: limits.cpus: '-1' is not accepted; give a number from 0.01 to 1024.0",
                        "s.yaml:7:28: limits.memory: '256m' is not accepted; give a size such as 256MiB (KiB, MiB, GiB),"
                                + " from 32MiB to 1024GiB",
                        "s.yaml:9:31: targets.vm.libvirt.accelerator: 'xen' is not accepted; give one of auto, kvm, tcg",
                        "s.yaml:10:10: targets.thing: names no engine; give one of docker, libvirt, process"),
                faults("""
                        name: Not OK
                        mesure: startup
                        workload:
                          image: {debian: bookworm, oci: nginx}
                          command: nginx -g
                          ready: {http: {port: 99999}, timeout: 60}
                        limits: {cpus: -1, memory: 256m}
                        targets:
                          vm: {libvirt: {accelerator: xen}}
                          thing: {}
                        """));
    }

    @Test
    void namesWhatIsMissing() {
        List<String> faults = faults("name: x\n");
        assertEquals(
                List.of(
                        "s.yaml:1:1: targets: is missing; name at least one, such as `container: {docker: {}}`",
                        "s.yaml:1:1: workload: is missing; give image and ready"),
                faults.stream()
                        .filter(fault -> fault.contains("targets:") || fault.contains(" workload:"))
                        .sorted()
                        .toList());
    }

    @Test
    void refusesAScaleOutThatCannotBe() {
        assertEquals(
                List.of(
                        "s.yaml:3:23: scaleout.starts.instances: '0' is not accepted; give a whole number from 1 to 200",
                        "s.yaml:5:16: scaleout.throughput.instances: '300' is not accepted; give whole numbers from 1 to"
                                + " 200",
                        "s.yaml:6:18: scaleout.throughput.open.each: '-1/s' is not accepted; give a rate such as 200/s",
                        "s.yaml:7:10: scaleout.throughput.slo: needs a rate to hold it at; give"
                                + " scaleout.throughput.open.each, such as [100/s]",
                        "s.yaml:7:16: scaleout.throughput.slo.p99: '0ms' is not accepted; give a duration from 1ms on,"
                                + " such as 50ms: below, no instance could fulfil it"),
                faults("""
                        measure: scale-out
                        scaleout:
                          starts: {instances: 0}
                          throughput:
                            instances: [300]
                            open: {each: [-1/s]}
                            slo: {p99: 0ms}
                        name: x
                        workload: {image: {oci: x}, ready: {http: {port: 80}}}
                        targets: {process: {}}
                        """));
        assertEquals(
                List.of(
                        "s.yaml:2:48: scaleout.throughput: needs a workload that answers HTTP; give workload.ready.http",
                        "s.yaml:2:60: scaleout.throughput.instances: asks for 4 instances, scaleout.starts.instances"
                                + " starts 2; start as many"),
                faults("""
                        measure: scale-out
                        scaleout: {starts: {instances: 2}, throughput: {instances: [4]}}
                        name: x
                        workload: {image: {oci: x}, ready: {exit: 0}}
                        targets: {process: {}}
                        """));
        assertTrue(faults("""
                        measure: startup
                        scaleout: {starts: {instances: 2}}
                        name: x
                        workload: {image: {oci: x}, ready: {exit: 0}}
                        targets: {process: {}}
                        """).get(0).endsWith("scaleout: goes with measure: scale-out only"));
    }

    @Test
    void refusesMachinesThatTheHostHasNoMemoryFor() {
        String scenario = """
                measure: scale-out
                scaleout: {starts: {instances: 200}}
                name: x
                workload: {image: {oci: x}, ready: {exit: 0}}
                limits: {memory: 1024GiB}
                targets: {x: {%s: {}}}
                """;
        List<String> faults = faults(scenario.formatted("libvirt"));
        assertEquals(1, faults.size(), faults.toString());
        assertTrue(
                faults.get(0)
                        .matches("s\\.yaml:2:20: scaleout\\.starts: 200 machines of 1048576 MiB and one more need"
                                + " 210763776 MiB beside 2048 MiB for the host, which has \\d+ MiB; give at most \\d+"
                                + " instances or less of limits\\.memory"),
                faults.get(0));
        // A container's limit is not set aside for it.
        assertDoesNotThrow(() -> read(scenario.formatted("docker")));
    }

    @Test
    void readsAScaleOutWithItsDefaults() throws Exception {
        ScenarioSpec spec = read("""
                name: x
                measure: scale-out
                scaleout: {throughput: {instances: [4, 1, 4], open: {each: [50/s, 0.5/s], of_closed: [0.5]}, slo: {p99: 20ms}}}
                workload: {image: {oci: x}, ready: {http: {port: 80, path: /x}}}
                targets: {process: {}}
                """);
        assertEquals(
                new Measurement.ScaleOut(
                        new Measurement.Starts(4, 8, 0),
                        new Measurement.Throughput(
                                List.of(1, 4),
                                16,
                                Duration.ofSeconds(5),
                                "/x",
                                List.of(50.0, 0.5),
                                List.of(0.5),
                                Duration.ofMillis(20))),
                spec.measurement());
    }

    @Test
    void placesASyntaxError() {
        List<String> faults = faults("name: [unclosed\n");
        assertEquals(1, faults.size());
        assertTrue(faults.get(0).startsWith("s.yaml:2:1: is not YAML here: "), faults.get(0));
    }

    @Test
    void refusesWhatIsNoScenarioFile() {
        assertTrue(faults("").get(0).contains("is empty"));
        ScenarioException directoryFault =
                assertThrows(ScenarioException.class, () -> new ScenarioReader(drivers()).read(directory));
        assertTrue(directoryFault.getMessage().contains("is a directory"));
        ScenarioException missing = assertThrows(
                ScenarioException.class, () -> new ScenarioReader(drivers()).read(directory.resolve("none.yaml")));
        assertTrue(missing.getMessage().contains("no such file"));
    }

    @Test
    void fillsInDefaultsAndKeepsWhatIsWritten() throws Exception {
        ScenarioSpec spec = read("""
                name: x
                workload:
                  image: {oci: "nginx:1.27"}
                  env: {A: 1, B: two words}
                  ready: {tcp: {port: 25, expect: "220 "}, timeout: 1.5s}
                targets: {container: {}, fast: {docker: {runtime: crun}}, vm: {}}
                """);
        assertEquals(new ImageSource.Oci("nginx:1.27"), spec.image());
        assertEquals(List.of("A=1", "B=two words"), spec.env());
        assertEquals(new Readiness.Tcp(25, "", "220 ", Duration.ofMillis(1500)), spec.readiness());
        Plan plan = new Planner(drivers())
                .plan(spec, new Planner.Overrides(null, null, null, List.of()))
                .plan();
        assertEquals("container", plan.reference());
        assertEquals("container (A/A)", plan.controlName());
        assertEquals(20, plan.blocks());
        assertEquals("crun", plan.targets().get(1).option("runtime"));
        assertEquals("q35", plan.targets().get(2).option("machine"));
        assertEquals(256L << 20, plan.limits().memoryBytes());
    }

    @Test
    void drawsTheSameBalancedOrderFromTheSameSeed() throws Exception {
        Plan plan = new Planner(drivers())
                .plan(
                        new ScenarioReader(drivers()).read(SHIPPED.resolve("startup.yaml")),
                        new Planner.Overrides(4_000, null, 11L, List.of()))
                .plan();
        List<String> names = plan.targets().stream().map(TargetDefinition::name).toList();
        int[] first = new int[names.size() + 1];
        for (int block = 0; block < plan.blocks(); block++) {
            List<String> order = BlockOrder.order(plan, 1, block);
            assertEquals(order, BlockOrder.order(plan, 1, block));
            assertEquals(4, order.stream().distinct().count());
            first[Math.floorMod(names.indexOf(order.get(0)), first.length)]++;
        }
        for (int count : first) {
            // Binomial(4000, 1/4): five standard deviations are 137.
            assertTrue(Math.abs(count - 1_000) < 137, "a target came first " + count + " times of 4000");
        }
    }

    private static final String HTTP = "workload: {image: {oci: x}, ready: {http: {port: 80}}}\ntargets: {vm: {}}\n";

    @Test
    void readsHowMemoryIsMeasured() throws Exception {
        assertEquals(
                new Measurement.Memory(List.of(1, 3, 9), 50, 3L << 30),
                read("name: a\nmeasure: memory\nmemory: {instances: [1, 3, 9], load: {requests: 50}, floor: 3GiB}\n"
                                + HTTP)
                        .measurement());
        assertEquals(
                new Measurement.Memory(List.of(1, 2, 4, 8), 0, null),
                read("name: a\nmeasure: memory\n" + HTTP).measurement());
    }

    @Test
    void acceptsOnlyStepsThatGrow() {
        for (String steps : List.of("[0]", "[1, 1]", "[4, 2]", "[1, 201]", "[a]", "[1.5]", "[-1]")) {
            List<String> faults = faults("name: a\nmeasure: memory\nmemory: {instances: " + steps + "}\n" + HTTP);
            assertEquals(1, faults.size(), faults.toString());
            assertTrue(
                    faults.get(0).contains("memory.instances: ")
                            && faults.get(0).contains("whole numbers from 1 to 200, each larger than the one before"),
                    faults.toString());
        }
    }

    @Test
    void refusesWhatDoesNotGoWithMemory() {
        assertEquals(
                List.of("s.yaml:2:9: memory: goes with measure: memory only"), faults("name: a\nmemory: {}\n" + HTTP));
        assertTrue(faults("name: a\nmeasure: memory\nworkload: {image: {oci: x}, ready: {exit: 0}}\ntargets: {vm: {}}")
                .get(0)
                .contains("exit does not go with measure: memory"));
        assertTrue(faults("name: a\nmeasure: memory\nmemory: {load: {requests: 1}}\n"
                        + "workload: {image: {oci: x}, ready: {log: up}}\ntargets: {vm: {}}")
                .get(0)
                .contains("load sends HTTP requests; it goes with ready: http only"));
        assertTrue(faults("name: a\nmeasure: memory\nmemory: {load: {requests: 0}}\n" + HTTP)
                .get(0)
                .contains("a whole number from 1 to 1000000"));
        assertTrue(faults("name: a\nmeasure: memory\nmemory: {floor: 2}\n" + HTTP)
                .get(0)
                .contains("give a size such as 256MiB"));
    }
}
