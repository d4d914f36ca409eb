package dev.bench.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bench.measure.delivery.DeliverySettings;
import dev.bench.measure.memory.MemorySettings;
import dev.bench.measure.scaleout.ScaleOutSettings;
import dev.bench.measure.scaleout.Starts;
import dev.bench.measure.scaleout.Throughput;
import dev.bench.measure.storage.StorageJob;
import dev.bench.measure.storage.StorageSettings;
import dev.bench.plan.BlockOrder;
import dev.bench.plan.Plan;
import dev.bench.registry.Existing;
import dev.bench.registry.Link;
import dev.bench.target.Drivers;
import dev.bench.target.TargetDefinition;
import dev.bench.target.TargetDriver;
import dev.bench.workload.ImageSource;
import dev.bench.workload.Readiness;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScenarioReaderTest {
    private static final Path SHIPPED = Path.of("..", "scenarios");

    @TempDir
    private Path directory;

    static List<TargetDriver> drivers() {
        return Drivers.all();
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
    void aClassicMachineTakesWhatItsSystemNeeds() {
        String scenario = """
                name: x
                measure: %s
                workload: {image: {oci: x}, ready: {http: {}}}
                limits: {memory: %s}
                targets: {t: {libvirt: {guest: classic%s}}}
                """;
        String lean = scenario.replace("guest: classic%s", "disk: /etc/passwd");

        assertEquals(
                List.of("s.yaml:5:31: targets.t.libvirt.disk: goes with guest: classic only"),
                faults(lean.formatted("startup", "512MiB")));

        assertEquals(
                List.of("s.yaml:5:32: targets.t.libvirt.guest: a classic machine needs limits.memory of 384MiB or more,"
                        + " since its kernel, initial RAM disk and system have to fit beside the workload, and it is"
                        + " 128MiB; give that much, or take guest: lean"),
                faults(scenario.formatted("startup", "128MiB", "")));
        assertEquals(
                List.of("s.yaml:5:49: targets.t.libvirt.kernel: goes with guest: lean only; a classic machine boots the"
                        + " kernel on its disk"),
                faults(scenario.formatted("startup", "512MiB", ", kernel: /etc/passwd")));
        assertEquals(
                List.of("s.yaml:5:48: targets.t.libvirt.start: a classic machine starts cold only; take guest: lean for"
                        + " another start"),
                faults(scenario.formatted("startup", "512MiB", ", start: resume")));
        assertEquals(
                List.of("s.yaml:5:32: targets.t.libvirt.guest: classic machines are not measured with deliveries; take"
                        + " guest: lean"),
                faults(scenario.formatted("delivery", "512MiB", "")));
    }

    @Test
    void whatALeanMachineBootsAndHasAsItsRootGoesWithLeanMachinesOnly() {
        String scenario = """
                name: x
                measure: %s
                workload: {image: {oci: x}, ready: {http: {}}}
                limits: {memory: 512MiB}
                targets: {t: {libvirt: {%s}}}
                """;

        assertEquals(
                List.of("s.yaml:5:47: targets.t.libvirt.boot: pvh goes with guest: lean only; a classic machine's boot"
                        + " loader starts its kernel"),
                faults(scenario.formatted("startup", "guest: classic, boot: pvh")));
        assertEquals(
                List.of("s.yaml:5:47: targets.t.libvirt.root: virtiofs goes with guest: lean only; a classic machine"
                        + " boots a disk"),
                faults(scenario.formatted("startup", "guest: classic, root: virtiofs")));
        assertEquals(
                List.of("s.yaml:5:48: targets.t.libvirt.start: a machine with root: virtiofs is not restored, since"
                        + " libvirt saves none whose root another program serves; take start: resume or root: disk"),
                faults(scenario.formatted("startup", "root: virtiofs, start: restore")));
        assertEquals(
                List.of("s.yaml:5:31: targets.t.libvirt.root: machines with root: virtiofs are not measured with"
                        + " deliveries; take root: disk"),
                faults(scenario.formatted("delivery", "root: virtiofs")));
        assertEquals(
                List.of("s.yaml:5:35: targets.t.libvirt.firmware: uefi goes with guest: classic only; a lean machine's"
                        + " kernel is started directly"),
                faults(scenario.formatted("startup", "firmware: uefi")));
        assertEquals(
                List.of("s.yaml:5:31: targets.t.libvirt.boot: 'uefi' is not accepted; give one of bzimage, pvh"),
                faults(scenario.formatted("startup", "boot: uefi")));
    }

    @Test
    void aContainersUserIsANumber() throws Exception {
        String scenario = """
                name: a
                measure: %s
                %s
                targets: {t: {docker: {user: %s}}}
                """;
        String workload = "workload: {image: {oci: x}, ready: {http:}}";
        for (String good : List.of("0", "1000", "33:33", "'1000:1000'", "2147483647")) {
            assertEquals(
                    good.replace("'", ""),
                    read(scenario.formatted("startup", workload, good))
                            .targets()
                            .get(0)
                            .option("user"));
        }
        for (String bad : List.of("www-data", "2147483648", "1:2:3", "1000:b", "007")) {
            assertEquals(
                    List.of("s.yaml:4:30: targets.t.docker.user: '" + bad
                            + "' is not accepted; give a user's number, or a"
                            + " user's and a group's as 1000:1000, each from 0 to 2147483647"),
                    faults(scenario.formatted("startup", workload, bad)));
        }
        assertEquals(
                List.of(
                        "s.yaml:4:30: targets.t.docker.user: does not go with a measure that starts a program of its own as"
                                + " root; leave it out"),
                faults(scenario.formatted("storage", "# no workload", "1000")));
    }

    @Test
    void aRootlessEngineIsRefusedWhatItCannot() {
        String scenario = """
                name: a
                measure: %s
                workload: {image: {oci: x}, ready: {http:}}
                targets: {t: {docker: {rootless: %s}}}
                """;
        assertEquals(
                List.of("s.yaml:4:34: targets.t.docker.rootless: 'maybe' is not accepted; give true or false"),
                faults(scenario.formatted("startup", "maybe")));
        assertEquals(
                List.of("s.yaml:4:49: targets.t.docker.runtime: a rootless engine has runc only; leave it out"),
                faults(scenario.formatted("startup", "true, runtime: crun")));
        assertEquals(
                List.of("s.yaml:4:47: targets.t.docker.start: a rootless engine may neither freeze nor checkpoint; give"
                        + " start: cold"),
                faults(scenario.formatted("startup", "true, start: resume")));
        assertEquals(
                List.of("s.yaml:4:34: targets.t.docker.rootless: is for measures that launch the workload; leave it out"
                        + " with builds and storage"),
                faults(scenario.formatted("storage", "true").replaceAll("workload:.*", "# no workload")));
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
        assertEquals(
                List.of(
                        "boot",
                        "build",
                        "ci",
                        "classic",
                        "databases",
                        "delivery",
                        "gate",
                        "isolation",
                        "job",
                        "jvm",
                        "memory",
                        "postgres",
                        "redis",
                        "restore",
                        "scaleout",
                        "stack",
                        "startup",
                        "storage"),
                names);
    }

    private static final String DELIVERY = """
            name: d
            measure: %s
            workload: {image: {oci: nginx}, ready: {http: {port: 80, path: /}}}
            delivery: {%s}
            targets: {t: {%s}}
            """;

    @Test
    void readsWhatIsDeliveredByWhichLinkAndInWhichForm() throws Exception {
        ScenarioSpec spec = read(DELIVERY.formatted("delivery", "link: 100Mbit/10ms, change: 64KiB", "libvirt: {}"));

        assertEquals(
                new DeliverySettings(64 << 10, new Link(100_000_000, Duration.ofMillis(10)), null), spec.settings());
        assertEquals("whole", spec.targets().get(0).option("delivery"));
        assertEquals(
                new DeliverySettings(1 << 20, null, null),
                read(DELIVERY.formatted("delivery", "", "docker: {}")).settings());
    }

    @Test
    void readsWhoseRegistryItGoesBy() throws Exception {
        assertEquals(
                new DeliverySettings(1 << 20, null, new Existing("registry.lan", 5000)),
                read(DELIVERY.formatted("delivery", "registry: 'registry.lan:5000'", "docker: {}"))
                        .settings());
        for (String wrong : List.of("registry.lan", "https://registry.lan:5000", "registry.lan:65536")) {
            assertEquals(
                    List.of("s.yaml:4:22: delivery.registry: '" + wrong + "' is not accepted; give a registry such as"
                            + " localhost:5000: a host and a port"),
                    faults(DELIVERY.formatted("delivery", "registry: '" + wrong + "'", "docker: {}")));
        }
    }

    @Test
    void refusesLinksThatAreNoneAndTargetsWithoutDeliveriesAtTheirPlaces() {
        assertEquals(
                List.of("s.yaml:4:18: delivery.link: '100MB/s' is not accepted; give a link such as 100Mbit or"
                        + " 100Mbit/10ms: a rate (kbit, Mbit, Gbit; from 64kbit to 100Gbit) and, behind a slash, a round"
                        + " trip (ms, s; 10s at most)"),
                faults(DELIVERY.formatted("delivery", "link: 100MB/s", "docker: {}")));
        assertEquals(
                List.of("s.yaml:5:14: targets.t: has no delivery, which measure: delivery takes; give one"
                        + " of docker, libvirt"),
                faults(DELIVERY.formatted("delivery", "", "process: {}")));
        assertEquals(
                List.of(
                        "s.yaml:4:11: delivery: goes with measure: delivery only",
                        "s.yaml:5:35: targets.t.libvirt.delivery: goes with a measure that delivers only: measure:"
                                + " delivery"),
                faults(DELIVERY.formatted("startup", "", "libvirt: {delivery: zstd}")));
    }

    @Test
    void aWayToStartGoesWithStartupAndAWorkloadThatIsAsked() throws Exception {
        String scenario = """
                name: a
                measure: %s
                workload: {image: {debian: bookworm}, command: [sh], ready: {%s}}
                targets: {t: {%s}}
                """;
        assertEquals(
                "resume",
                read(scenario.formatted("startup", "http: {}", "process: {start: resume}"))
                        .targets()
                        .get(0)
                        .option("start"));
        assertEquals(
                "",
                read(scenario.formatted("memory", "http: {}", "docker: {}"))
                        .targets()
                        .get(0)
                        .option("start"));
        assertEquals(
                List.of(
                        "s.yaml:4:32: targets.t.libvirt.start: goes with a measure that starts instances one by one only:"
                                + " measure: startup"),
                faults(scenario.formatted("memory", "http: {}", "libvirt: {start: restore}")));
        assertEquals(
                List.of("s.yaml:4:32: targets.t.libvirt.start: 'restore' needs a workload that is asked whether it is"
                        + " ready; give one of ready.http, ready.tcp, ready.redis, ready.postgres, or start: cold"),
                faults(scenario.formatted("startup", "log: started", "libvirt: {start: restore}")));
        assertEquals(
                List.of("s.yaml:4:32: targets.t.process.start: 'restore' is not for a bare process, whose state nothing"
                        + " saves; give resume or cold, or restore to a container or a machine"),
                faults(scenario.formatted("startup", "http: {}", "process: {start: restore}")));
        assertEquals(
                List.of(
                        "s.yaml:4:31: targets.t.docker.start: 'warm' is not accepted; give one of cold, restore, resume"),
                faults(scenario.formatted("startup", "http: {}", "docker: {start: warm}")));
    }

    @Test
    void reportsEveryFaultAtOnceWithItsPlaceAndWhatIsAccepted() {
        assertEquals(
                List.of(
                        "s.yaml:1:7: name: 'Not OK' is not accepted; give lower-case letters, digits and hyphens, 40 at"
                                + " most",
                        "s.yaml:2:1: mesure: is not known here; did you mean 'measure'? Accepted: name, description,"
                                + " measure, memory, scale-out, build, delivery, storage, isolation, stack, workload, limits,"
                                + " targets, plan, gate, claims",
                        "s.yaml:4:10: workload.image: names debian and oci; keep one",
                        "s.yaml:5:12: workload.command: must be a list such as [nginx, -g, \"daemon off;\"], found"
                                + " 'nginx -g'",
                        "s.yaml:6:24: workload.ready.http.port: '99999' is not accepted; give a whole number from 1 to"
                                + " 65535",
                        "s.yaml:6:41: workload.ready.timeout: '60' is not accepted; give a duration such as 500ms, 30s or"
                                + " 2m, 60m at most",
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
    void aMeasureWithAProgramOfItsOwnTakesAnImageOnlyAndPlacesThatGoTogether() {
        assertEquals(
                List.of(
                        "s.yaml:4:9: storage.jobs: 'swim' is not accepted; give one of sync_write, random_read, write,"
                                + " read, files, first_write, postgres, redis",
                        "s.yaml:5:33: workload.ready: does not go with measure: storage, which starts a program of its"
                                + " own; leave it out",
                        "s.yaml:7:23: targets.a.docker.place: 'cupboard' is not accepted; give one of layer, volume, bind,"
                                + " tmpfs",
                        "s.yaml:8:25: targets.b.libvirt.format: goes with place: disk only",
                        "s.yaml:9:41: targets.c.libvirt.cache: goes with place: layer and place: disk only"),
                faults("""
                        name: x
                        measure: storage
                        storage:
                          jobs: [sync_write, swim]
                        workload: {image: {oci: image}, ready: {exit: 0}}
                        targets:
                          a: {docker: {place: cupboard}}
                          b: {libvirt: {format: raw}}
                          c: {libvirt: {place: virtiofs, cache: none}}
                        """));
        assertEquals(
                List.of("s.yaml:5:23: targets.a.docker.place: goes with a measure that stores only: measure: storage"),
                faults("""
                        name: x
                        workload: {image: {oci: image}, ready: {exit: 0}}
                        targets:
                          # the place is that of another measure
                          a: {docker: {place: volume}}
                        """));
    }

    @Test
    void everyPlaceHasToBeOneThatIsMadeAnewWhereThatIsAskedFor() throws Exception {
        String scenario = """
                name: x
                measure: storage
                storage: {fresh: %s, jobs: [postgres]}
                targets:
                  a: {docker: {place: volume}}
                  b: {docker: {place: %s}}
                  c: {process: {place: %s}}
                  d: {libvirt: {place: %s}}
                """;
        assertEquals(
                List.of(
                        "s.yaml:6:15: targets.b.docker.place: is layer, for which storage.fresh makes no file system; give"
                                + " volume, bind or tmpfs, or leave storage.fresh out",
                        "s.yaml:7:24: targets.c.process.place: is layer, for which storage.fresh makes no file system; give"
                                + " directory, or leave storage.fresh out",
                        "s.yaml:8:24: targets.d.libvirt.place: is virtiofs, for which storage.fresh makes no file system;"
                                + " give disk or layer, or leave storage.fresh out"),
                faults(scenario.replace("{docker: {place: %s}}", "{docker: {}}")
                        .formatted("true", "layer", "virtiofs")));
        StorageSettings settings = (StorageSettings)
                read(scenario.formatted("true", "bind", "directory", "disk")).settings();
        assertTrue(settings.fresh());
        assertEquals(List.of(StorageJob.POSTGRES), settings.jobs());
        assertFalse(((StorageSettings) read(scenario.formatted("false", "layer", "layer", "virtiofs"))
                        .settings())
                .fresh());
    }

    @Test
    void theFormerNameOfASettingIsStillRead() throws Exception {
        String scenario = "name: a\nmeasure: scale-out\n%s: {starts: {instances: 3}}\n" + HTTP;
        assertEquals(
                read(scenario.formatted("scale-out")).settings(),
                read(scenario.formatted("scaleout")).settings());
        assertEquals(
                List.of("s.yaml:4:1: scaleout: is the former name of scale-out, which is there too; keep that"),
                faults(scenario.formatted("scale-out").replace("\nworkload", "\nscaleout: {}\nworkload")));
        assertEquals(
                List.of("s.yaml:2:11: scaleout: goes with measure: scale-out only"),
                faults("name: a\nscaleout: {starts: {instances: 3}}\n" + HTTP));
    }

    @Test
    void refusesAScaleOutThatCannotBe() {
        assertEquals(
                List.of(
                        "s.yaml:3:23: scale-out.starts.instances: '0' is not accepted; give a whole number from 1 to 200",
                        "s.yaml:5:16: scale-out.throughput.instances: '300' is not accepted; give whole numbers from 1 to"
                                + " 200",
                        "s.yaml:6:18: scale-out.throughput.open.each: '-1/s' is not accepted; give a rate such as 200/s,"
                                + " from 0.001/s to 100000/s",
                        "s.yaml:7:10: scale-out.throughput.slo: needs a rate to hold it at; give"
                                + " scale-out.throughput.open.each, such as [100/s]",
                        "s.yaml:7:16: scale-out.throughput.slo.p99: '0ms' is not accepted; give a duration from 1ms on,"
                                + " such as 50ms: below, no instance could fulfil it"),
                faults("""
                        measure: scale-out
                        scale-out:
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
                        "s.yaml:2:49: scale-out.throughput: needs a workload that answers HTTP; give workload.ready.http",
                        "s.yaml:2:61: scale-out.throughput.instances: asks for 4 instances, scale-out.starts.instances"
                                + " starts 2; start as many"),
                faults("""
                        measure: scale-out
                        scale-out: {starts: {instances: 2}, throughput: {instances: [4]}}
                        name: x
                        workload: {image: {oci: x}, ready: {exit: 0}}
                        targets: {process: {}}
                        """));
        assertTrue(faults("""
                        measure: startup
                        scale-out: {starts: {instances: 2}}
                        name: x
                        workload: {image: {oci: x}, ready: {exit: 0}}
                        targets: {process: {}}
                        """).get(0).endsWith("scale-out: goes with measure: scale-out only"));
    }

    @Test
    void readsAScaleOutWithItsDefaults() throws Exception {
        ScenarioSpec spec = read("""
                name: x
                measure: scale-out
                scale-out: {throughput: {instances: [4, 1, 4], open: {each: [50/s, 0.5/s], of_closed: [0.5]}, slo: {p99: 20ms}}}
                workload: {image: {oci: x}, ready: {http: {port: 80, path: /x}}}
                targets: {process: {}}
                """);
        assertEquals(
                new ScaleOutSettings(
                        new Starts(4, 8, 0),
                        new Throughput(
                                List.of(1, 4),
                                16,
                                Duration.ofSeconds(5),
                                "/x",
                                List.of(50.0, 0.5),
                                List.of(0.5),
                                Duration.ofMillis(20))),
                spec.settings());
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
        assertEquals(new ImageSource.Oci("nginx:1.27"), spec.workload().image());
        assertEquals(List.of("A=1", "B=two words"), spec.workload().overrides().env());
        assertEquals(
                new Readiness.Tcp(25, "", "220 ", Duration.ofMillis(1500)),
                spec.workload().readiness());
        Plan plan = new Planner(drivers()).plan(spec, Planner.Overrides.none()).plan();
        assertEquals("container", plan.reference());
        assertEquals("container (A/A)", plan.controlName());
        assertEquals(20, plan.schedule().blocks());
        assertEquals("crun", plan.targets().get(1).option("runtime"));
        assertEquals("q35", plan.targets().get(2).option("machine"));
        assertEquals(256L << 20, plan.limits().memoryBytes());
    }

    @Test
    void drawsTheSameBalancedOrderFromTheSameSeed() throws Exception {
        Plan plan = new Planner(drivers())
                .plan(
                        new ScenarioReader(drivers()).read(SHIPPED.resolve("startup.yaml")),
                        new Planner.Overrides(4_000, null, null, 11L, List.of()))
                .plan();
        List<String> names = plan.targets().stream().map(TargetDefinition::name).toList();
        int[] first = new int[names.size() + 1];
        for (int block = 0; block < plan.schedule().blocks(); block++) {
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
                new MemorySettings(List.of(1, 3, 9), 50, 3L << 30),
                read("name: a\nmeasure: memory\nmemory: {instances: [1, 3, 9], load: {requests: 50}, floor: 3GiB}\n"
                                + HTTP)
                        .settings());
        assertEquals(
                new MemorySettings(List.of(1, 2, 4, 8), 0, null),
                read("name: a\nmeasure: memory\n" + HTTP).settings());
        assertEquals(
                new MemorySettings(List.of(1, 2, 4, 8), 0, null, true, Duration.ofMillis(200)),
                read("name: a\nmeasure: memory\nmemory: {fill: true, slo: 200ms}\n" + HTTP)
                        .settings());
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
        assertTrue(faults("name: a\nmeasure: memory\nmemory: {slo: 200ms}\n" + HTTP)
                .get(0)
                .contains("memory.slo: goes with fill: true only"));
        assertTrue(faults("name: a\nmeasure: memory\nmemory: {fill: true, slo: 11s}\n" + HTTP)
                .get(0)
                .contains("a duration from 1ms to 10s, such as 200ms"));
        assertTrue(faults("name: a\nmeasure: memory\nmemory: {fill: true, slo: 1s}\n"
                        + "workload: {image: {oci: x}, ready: {log: up}}\ntargets: {vm: {}}")
                .get(0)
                .contains("bounds answers over HTTP; it goes with ready: http only"));
    }

    private static final String MINIMAL =
            "name: a\nworkload: {image: {oci: x}, ready: {exit: 0}}\ntargets: {process: {}}\n";

    @Test
    void refusesWhatWouldOverflowWithItsLineAndWhatIsAccepted() {
        assertEquals(
                List.of(
                        "s.yaml:4:16: plan.blocks: '99999999999999999999' is not accepted; give a whole number from 1 to"
                                + " 10000",
                        "s.yaml:4:45: plan.pause: '4200000000m' is not accepted; give a duration such as 500ms, 30s or 2m,"
                                + " 60m at most",
                        "s.yaml:5:18: limits.memory: '17179869185GiB' is not accepted; give a size such as 256MiB (KiB,"
                                + " MiB, GiB), from 32MiB to 1024GiB",
                        "s.yaml:5:40: limits.cpus: 'NaN' is not accepted; give a number from 0.01 to 1024.0"),
                faults(MINIMAL + """
                        plan: {blocks: 99999999999999999999, pause: 4200000000m}
                        limits: {memory: 17179869185GiB, cpus: NaN}
                        """));
        for (String pair : List.of(
                "limits: {memory: 1025GiB}",
                "limits: {memory: 999999999999GiB}",
                "limits: {memory: 1e3GiB}",
                "limits: {memory: -1GiB}",
                "limits: {cpus: 1e309}",
                "limits: {cpus: .inf}",
                "limits: {cpus: -0.5}",
                "limits: {cpus: 1d}",
                "limits: {cpus: 0x1p3}",
                "plan: {pause: 61m}",
                "plan: {pause: 999999999999m}",
                "plan: {pause: -1s}",
                "plan: {sessions: 21}",
                "plan: {blocks: +5}",
                "plan: {blocks: 010}",
                "plan: {blocks: ٣}",
                "plan: {seed: 9223372036854775808}",
                "gate: {budgets: {startup.ready_ms: 1000%}}",
                "gate: {limits: {startup.ready_ms: {max: 1e13}}}")) {
            List<String> faults = faults(MINIMAL + pair);
            assertEquals(1, faults.size(), pair + faults);
            assertTrue(
                    faults.get(0).startsWith("s.yaml:4:") && faults.get(0).contains("' is not accepted; give "), pair);
        }
    }

    @Test
    void acceptsWhatIsAtTheEdge() throws Exception {
        ScenarioSpec spec = read(MINIMAL + "limits: {memory: 1024GiB, cpus: 1.024e3}\nplan: {pause: 60m, seed: "
                + Long.MIN_VALUE + "}\n");

        assertEquals(1L << 40, spec.limits().memoryBytes());
        assertEquals(1024, spec.limits().cpus());
        assertEquals(Duration.ofHours(1), spec.schedule().pause());
        assertEquals(Long.MIN_VALUE, spec.schedule().seed());
    }

    @Test
    void takesEveryNameThatAnEnvironmentVariableCanHave() throws Exception {
        String text = """
                name: a
                workload:
                  image: {oci: x}
                  ready: {exit: 0}
                  env: {discovery.type: single-node, "a b": "x\\ny=z", ünï: "", 1: 2, "<<": up, EMPTY: }
                targets: {process: {}}
                """;

        assertEquals(
                List.of("discovery.type=single-node", "a b=x\ny=z", "ünï=", "1=2", "<<=up", "EMPTY="),
                read(text).workload().overrides().env());
    }

    @Test
    void refusesNamesThatNoEnvironmentVariableCanHaveAndWhatNoProgramCanBeGiven() {
        assertEquals(
                List.of(
                        "s.yaml:5:9: workload.env.: is no name for an environment variable; give one that is not empty"
                                + " and has no =",
                        "s.yaml:5:16: workload.env.a=b: is no name for an environment variable; give one that is not"
                                + " empty and has no =",
                        "s.yaml:5:26: workload.env.c?d: holds the character NUL, which no program can be given; remove"
                                + " it",
                        "s.yaml:5:42: workload.env.e: holds the character NUL, which no program can be given; remove it",
                        "s.yaml:5:50: workload.env.?: must be text, found a list for a key",
                        "s.yaml:6:18: workload.command: holds the character NUL, which no program can be given; remove"
                                + " it"),
                faults("""
                        name: a
                        workload:
                          image: {oci: x}
                          ready: {exit: 0}
                          env: {"": x, a=b: "x", "c\\0d": "x", e: "\\0", ? [x] : y}
                          command: [run, "\\0"]
                        targets: {process: {}}
                        """));
    }

    @Test
    void mergesMappingsAndPassesOverKeysOfTheFilesOwn() throws Exception {
        ScenarioSpec spec = read("""
                x-common: &small {memory: 64MiB, cpus: 1}
                x-more:
                  - &other {cpus: 4}
                name: merge
                workload: &workload
                  image: {oci: y}
                  <<: {image: {oci: x}, ready: {http: {port: 81}}}
                limits: {<<: [*other, *small], memory: 65MiB}
                targets: {process: {}}
                """);

        assertEquals(new ImageSource.Oci("y"), spec.workload().image());
        assertEquals(81, ((Readiness.Http) spec.workload().readiness()).port());
        assertEquals(4, spec.limits().cpus());
        assertEquals(65L << 20, spec.limits().memoryBytes());
    }

    @Test
    void placesAFaultOfAMergedValueWhereItIsWritten() {
        assertEquals(
                List.of(
                        "s.yaml:1:26: limits.memory: '1' is not accepted; give a size such as 256MiB (KiB, MiB, GiB), from"
                                + " 32MiB to 1024GiB",
                        "s.yaml:1:29: limits.cpu: is not known here; did you mean 'cpus'? Accepted: cpus, memory"),
                faults("x-small: &small {memory: 1, cpu: 1}\n" + MINIMAL + "limits: {<<: *small}\n"));
    }

    @Test
    void refusesMergesThatCannotBe() {
        assertEquals(
                List.of("s.yaml:4:14: limits.<<: must be a mapping or a list of mappings, found '5'"),
                faults(MINIMAL + "limits: {<<: 5}\n"));
        assertEquals(
                List.of("s.yaml:4:9: limits.<<: merges a mapping into itself; remove it"),
                faults(MINIMAL + "limits: &limits {<<: *limits}\n"));
        assertEquals(1, faults(bomb()).size(), "a file that grows without end is one fault");
    }

    /** Returns a file whose aliases double its size line by line. */
    private static String bomb() {
        StringBuilder text = new StringBuilder("x-0: &a0 {k: v}\n");
        for (int i = 1; i < 40; i++) {
            text.append("x-%d: &a%d {a: *a%d, b: *a%d}%n".formatted(i, i, i - 1, i - 1));
        }
        return text + MINIMAL;
    }

    @Test
    void readsHowManyLinesMustMatch() throws Exception {
        String text = "name: a\nworkload: {image: {oci: x}, ready: {log: %s}}\ntargets: {process: {}}\n";

        assertEquals(
                new Readiness.Log("up", 2, Duration.ofMinutes(1)),
                read(text.formatted("{pattern: up, count: 2}")).workload().readiness());
        assertEquals(
                new Readiness.Log("up", 1, Duration.ofMinutes(1)),
                read(text.formatted("up")).workload().readiness());
        assertEquals(
                List.of(
                        "s.yaml:2:63: workload.ready.log.count: '0' is not accepted; give a whole number from 1 to 1000000"),
                faults(text.formatted("{pattern: up, count: 0}")));
    }

    @Test
    void refusesAPathOrAHostThatWouldChangeTheRequest() {
        String text = "name: a\nworkload: {image: {oci: x}, ready: {http: {%s}}}\ntargets: {process: {}}\n";
        for (String bad :
                List.of("path: '/a b'", "path: \"/a\\r\\nX: y\"", "host: 'a b'", "host: \"a\\r\\nb\"", "path: a")) {
            List<String> faults = faults(text.formatted(bad));
            assertEquals(1, faults.size(), bad);
            assertTrue(faults.get(0).contains("' is not accepted; give "), faults.get(0));
        }
    }
}
