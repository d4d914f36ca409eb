package dev.bench.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bench.result.Launch;
import dev.bench.result.PhaseName;
import dev.bench.result.Result;
import dev.bench.result.ResultStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Compares what process and machine give a workload with what the real container engine gives it. */
@ExtendWith(NothingIsLeft.class)
class ParityIT {
    private static final List<String> TARGETS = List.of("process", "container", "vm");

    @TempDir
    private Path directory;

    private Bench bench;

    @BeforeEach
    void prepare() {
        bench = new Bench(directory);
    }

    @Test
    void aUserOtherThanRootHasItsOutputAndItsPortsAndItsLimits() throws Exception {
        Path scenario = write("""
                name: user
                workload:
                  image: {debian: bookworm, packages: [nginx-light]}
                  user: www-data
                  command:
                    - sh
                    - -ec
                    - |
                      echo out >/dev/stdout
                      echo err >/dev/stderr
                      exec perl -MIO::Socket::INET -e '
                        my $s = IO::Socket::INET->new(LocalPort => 80, Listen => 5, ReuseAddr => 1) or die $!;
                        while (my $c = $s->accept) { sysread $c, my $q, 4096; print $c "HTTP/1.0 200 OK\\r\\n\\r\\nok"; close $c }'
                  ready: {http: {port: 80}, timeout: 60s}
                limits: {cpus: 1, memory: 256MiB}
                targets: {process: {}, container: {}, vm: {}}
                plan: {control: false}
                """);
        ResultStore store = measured(scenario);
        Result result = store.read();
        assertEquals(
                TARGETS, result.targets().stream().map(Result.TargetFacts::name).toList());
        Map<String, String> container = attributes(result, "container");
        assertEquals("a pipe, /dev/stdout can be opened", container.get("standard output"));
        assertEquals("256 MiB", container.get("control group's memory"));
        assertEquals("1", container.get("control group's processors"));
        assertEquals("1", attributes(result, "process").get("control group's processors"));
        for (String target : List.of("process", "vm")) {
            Map<String, String> seen = attributes(result, target);
            for (String name : container.keySet()) {
                if (mustBeAlike(name)) {
                    assertEquals(container.get(name), seen.get(name), target + ", " + name);
                }
            }
        }
        String html = Files.readString(store.directory().resolve("report.html"));
        assertTrue(html.contains("capabilities, CapBnd"), "the report does not tell what differs");
        assertTrue(Files.readString(store.directory().resolve("report.md")).contains("capabilities, CapBnd"));
    }

    /** What the report lists, and why: capabilities and filters are an engine's, virtual processors a machine's. */
    private static boolean mustBeAlike(String name) {
        return name.startsWith("limit of")
                || List.of(
                                "groups",
                                "standard output",
                                "umask",
                                "ports without privilege from",
                                "groups that may ping",
                                "control group's memory",
                                "OOM score adjustment")
                        .contains(name);
    }

    private static Map<String, String> attributes(Result result, String target) {
        return result.targets().stream()
                .filter(facts -> facts.name().equals(target))
                .findFirst()
                .orElseThrow()
                .identity()
                .attributes();
    }

    @Test
    void directoriesThatALayerImpliesAreAsTheEngineMakesThem() throws Exception {
        // An engine's overlay shows them as root's with mode 755, in the place of links and of other attributes.
        LayeredImage.ofBusyBox("sh", "sleep")
                .add(new LayeredImage.Layer()
                        .directory("run", 0755)
                        .directory("usr", 0755)
                        .directory("usr/lib", 0755)
                        .directory("var", 0755)
                        .link("var/run", "/run")
                        .link("lib", "usr/lib")
                        .directory("closed", 0700)
                        .directory("open", 01777))
                .add(new LayeredImage.Layer()
                        .file("var/run/x", new byte[] {1})
                        .file("lib/x", new byte[] {2})
                        .file("closed/x", new byte[] {3})
                        .file("open/deep/x", new byte[] {4})
                        .link("own", "/usr/lib"))
                .write(directory.resolve("image.tar"), "/bin/sh", "-c", "echo up; exec sleep 60");
        Path scenario = write("""
                name: implied
                workload:
                  image: {archive: image.tar}
                  ready: {log: "^up$", timeout: 60s}
                targets: {process: {}, container: {}, vm: {}}
                plan: {control: false}
                """);
        assertEquals(3, measured(scenario).launches().size());
    }

    @Test
    void aVirtualMachineOfJavaSeesTheSameLimitsEverywhere() throws Exception {
        Path files = Files.createDirectories(directory.resolve("files/srv"));
        Files.writeString(files.resolve("Limits.java"), """
                public class Limits {
                    public static void main(String[] arguments) throws InterruptedException {
                        var system = (com.sun.management.OperatingSystemMXBean)
                            java.lang.management.ManagementFactory.getOperatingSystemMXBean();
                        long mebibytes = system.getTotalMemorySize() >> 20;
                        System.out.println("processors=" + Runtime.getRuntime().availableProcessors()
                            + " memory=" + (mebibytes > 430 && mebibytes <= 512 ? "limit" : mebibytes + " MiB")
                            + " heap=" + (Runtime.getRuntime().maxMemory() >> 20 <= 256 ? "of the limit" : "of the host"));
                        Thread.sleep(600_000);
                    }
                }
                """);
        Path scenario = write("""
                name: java
                workload:
                  image: {debian: bookworm, packages: [openjdk-17-jdk-headless], files: files}
                  command: [java, -XX:TieredStopAtLevel=1, -Xshare:auto, /srv/Limits.java]
                  ready: {log: "^processors=1 memory=limit heap=of the limit$", timeout: 5m}
                limits: {cpus: 1, memory: 512MiB}
                targets: {process: {}, container: {}, vm: {}}
                plan: {control: false}
                """);
        assertEquals(3, measured(scenario).launches().size());
    }

    @Test
    void onlyTheWorkloadsOwnOutputMakesItReady() throws Exception {
        Path scenario = write("""
                name: quiet
                workload:
                  image: {debian: bookworm, packages: [nginx-light]}
                  command: [sh, -c, "sleep 1; echo up; exec sleep 60"]
                  ready: {log: ".", timeout: 60s}
                targets: {process: {}, container: {}, vm: {}}
                plan: {control: false}
                """);
        List<Launch> launches = measured(scenario).launches();
        assertEquals(3, launches.size());
        for (Launch launch : launches) {
            double quiet = at(launch, PhaseName.READY) - at(launch, PhaseName.EXEC);
            // A guest's clock may be a little faster than the host's.
            assertTrue(quiet >= 950, launch.toString());
        }
    }

    @Test
    void aLineOnAUsersOwnStandardErrorMakesItReady() throws Exception {
        Path scenario = write("""
                name: errors
                workload:
                  image: {debian: bookworm, packages: [nginx-light]}
                  user: "101"
                  command: [sh, -c, "echo up >/dev/stderr; exec sleep 60"]
                  ready: {log: "^up$", timeout: 60s}
                targets: {process: {}, container: {}, vm: {}}
                plan: {control: false}
                """);
        measured(scenario);
    }

    private static double at(Launch launch, PhaseName name) {
        return launch.phases().stream()
                .filter(phase -> phase.name() == name)
                .findFirst()
                .orElseThrow()
                .atMs();
    }

    @Test
    void aWorkloadThatCannotBeExecutedIsToldInWords() throws Exception {
        Path files = Files.createDirectories(directory.resolve("files"));
        Path program = Files.writeString(files.resolve("app"), "#!/no/such/interpreter\n");
        assertTrue(program.toFile().setExecutable(true, false));
        Path scenario = write("""
                name: inexecutable
                workload:
                  image: {debian: bookworm, packages: [nginx-light], files: files}
                  command: [/app]
                  ready: {exit: 0}
                targets: {process: {}, vm: {}}
                plan: {control: false}
                """);
        for (String target : List.of("process", "vm")) {
            Path alone = Files.writeString(
                    directory.resolve(target + ".yaml"),
                    Files.readString(scenario)
                            .replace("{process: {}, vm: {}}", "{" + target + ": {}}")
                            .replace("inexecutable", "inexecutable-" + target));
            Bench.Outcome outcome = bench.run(
                    "run",
                    "--yes",
                    "--blocks",
                    "1",
                    "--out",
                    directory.resolve("of-" + target).toString(),
                    alone.toString());

            assertEquals(6, outcome.status(), outcome.err());
            assertTrue(
                    outcome.err().contains("could not execute /app: no such file or directory (ENOENT)"),
                    outcome.err());
            // A guest's console, which is shown below, holds hexadecimal of its own.
            assertTrue(
                    outcome.err()
                            .lines()
                            .filter(line -> line.contains("could not execute"))
                            .noneMatch(line -> line.contains("0x")),
                    outcome.err());
        }
    }

    /** Runs one measured block to a good end. */
    private ResultStore measured(Path scenario) throws Exception {
        Bench.Outcome outcome = bench.run("run", "--yes", "--blocks", "1", "--warmup-blocks", "0", scenario.toString());
        assertEquals(0, outcome.status(), outcome.err());
        return new ResultStore(bench.result());
    }

    private Path write(String yaml) throws IOException {
        return Files.writeString(directory.resolve("scenario.yaml"), yaml);
    }
}
