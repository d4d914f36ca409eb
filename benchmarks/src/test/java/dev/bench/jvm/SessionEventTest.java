package dev.bench.jvm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bench.measure.startup.StartupSettings;
import dev.bench.plan.Plan;
import dev.bench.plan.Schedule;
import dev.bench.result.Bound;
import dev.bench.result.Claim;
import dev.bench.result.Failure;
import dev.bench.result.Identity;
import dev.bench.result.Launch;
import dev.bench.result.Phase;
import dev.bench.result.PhaseName;
import dev.bench.result.Result;
import dev.bench.result.TargetKind;
import dev.bench.session.SessionOrder;
import dev.bench.session.SessionReport;
import dev.bench.target.LabView;
import dev.bench.target.Subnet;
import dev.bench.target.TargetDefinition;
import dev.bench.workload.ConfigOverrides;
import dev.bench.workload.ImageConfig;
import dev.bench.workload.ImageSource;
import dev.bench.workload.Limits;
import dev.bench.workload.PreparedImage;
import dev.bench.workload.Readiness;
import dev.bench.workload.Workload;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class SessionEventTest {
    private static final Failure FAILURE = new Failure("timeout", "two\nlines and ü", null);

    @Test
    void everyEventArrivesAsItWasSentOnOneLine() throws IOException {
        Identity identity = new Identity(
                "ab",
                List.of("serve", ""),
                List.of("A=\u2028\n"),
                1,
                2,
                "/",
                "6.1",
                0.5,
                1L << 40,
                "2026-11-26T09:30:00Z",
                Map.of("umask", "0022"));
        List<SessionEvent> events = List.of(
                SessionEvent.stage("opening\ntarget \"vm\""),
                SessionEvent.launch(new Launch(
                        2,
                        3,
                        1,
                        "vm",
                        false,
                        true,
                        "2026-11-24T12:00:00.001Z",
                        Map.of("startup.ready_ms", 0.1 + 0.2),
                        List.of(new Phase(PhaseName.REQUEST, 0), new Phase(PhaseName.READY, 0.1 + 0.2)),
                        null)),
                SessionEvent.launch(new Launch(1, 0, 0, "vm", true, false, "", Map.of(), List.of(), FAILURE)),
                SessionEvent.prepared(new SessionEvent.Prepared(
                        List.of(
                                new Result.TargetFacts(
                                        "vm", TargetKind.VM, "libvirt", true, Map.of("a", "b"), identity),
                                new Result.TargetFacts("p", TargetKind.PROCESS, "process", false, Map.of(), null)),
                        new Result.HarnessCost(20, 0.02, 0.5))),
                SessionEvent.report(new SessionReport(12.5, 11.25, Map.of("vm", FAILURE), Map.of(), false)),
                SessionEvent.failure(new SessionEvent.SessionFailure("no engine", Blame.TARGET)));

        for (SessionEvent event : events) {
            String line = MeasuringJvm.JSON.writeValueAsString(event);
            assertFalse(line.contains("\n"), line);
            assertEquals(event, MeasuringJvm.JSON.readValue(line, SessionEvent.class));
            JsonNode tree = MeasuringJvm.JSON.readTree(line);
            assertEquals(1, tree.size(), line);
        }
    }

    @Test
    void anOrderArrivesAsItWasGivenWhateverItsImageAndReadiness() throws IOException {
        Duration timeout = Duration.ofMillis(60_001);
        List<Readiness> readiness = List.of(
                new Readiness.Http(80, "/", 200, "ü", "a.example", timeout),
                new Readiness.Tcp(25, "a\r\n", "220", timeout),
                new Readiness.Log("^ready\\s", 2, timeout),
                new Readiness.Exit(3, timeout),
                new Readiness.Redis(6379, timeout),
                new Readiness.Postgres(5432, "me", "mine", timeout));
        List<ImageSource> sources = new ArrayList<>(List.of(
                new ImageSource.Oci("nginx:1.27"),
                new ImageSource.Archive(Path.of("/a b/image.tar")),
                new ImageSource.Dockerfile(Path.of("/ü")),
                new ImageSource.Debian("bookworm", List.of("nginx"), Path.of("/files")),
                new ImageSource.Debian("bookworm", List.of(), null),
                new ImageSource.Oci("x")));

        for (int i = 0; i < readiness.size(); i++) {
            SessionOrder order = order(sources.get(i), readiness.get(i), i % 2 == 0 ? null : List.of("serve", "-d"));
            String text = MeasuringJvm.JSON.writeValueAsString(order);
            assertEquals(order, MeasuringJvm.JSON.readValue(text, SessionOrder.class));
        }
    }

    private static SessionOrder order(ImageSource source, Readiness readiness, List<String> command) {
        Plan plan = new Plan(
                "name",
                "description",
                "startup",
                new StartupSettings(),
                Path.of("/scenarios/s.yaml"),
                new Workload(
                        source,
                        new ConfigOverrides(
                                command,
                                List.of("A=1"),
                                command == null ? null : "www-data",
                                null,
                                command == null ? null : "SIGQUIT"),
                        readiness),
                new Limits(0.5, 256L << 20),
                List.of(new TargetDefinition("vm", "libvirt", Map.of("machine", "q35"))),
                "vm",
                true,
                new Schedule(20, 1, 2, Long.MAX_VALUE, Duration.ofMillis(250)),
                null,
                List.of(new Claim(
                        "slow",
                        "A machine is slow.",
                        "notes",
                        "",
                        "startup.ready_ms",
                        null,
                        Claim.Kind.RATIO,
                        List.of("vm", "container"),
                        new Bound(10.0, null))));
        PreparedImage image = new PreparedImage(
                "sha256:1",
                "reference",
                Path.of("/tree"),
                "ab",
                Path.of("/manifest"),
                Path.of("/disk"),
                new ImageConfig(List.of("serve"), List.of("A=1"), "0:0", "/", List.of(80), "SIGTERM"));
        LabView lab = new LabView(
                "0123abcd",
                Path.of("/run/bench/0123abcd"),
                Path.of("/work"),
                Path.of("/cache"),
                "bench0123abcd",
                new Subnet("198.18.0."),
                Map.of("docker", "unix:///docker.sock", "libvirt", "qemu:///embed?root=/run"));
        return new SessionOrder(plan, image, null, lab, 2, true, Path.of("/result"));
    }
}
