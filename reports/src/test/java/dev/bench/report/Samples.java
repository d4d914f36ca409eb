package dev.bench.report;

import dev.bench.result.Failure;
import dev.bench.result.Identity;
import dev.bench.result.Launch;
import dev.bench.result.Phase;
import dev.bench.result.PhaseName;
import dev.bench.result.Result;
import dev.bench.result.ResultStore;
import dev.bench.result.TargetKind;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Makes stored results for tests, with values drawn from a fixed seed. */
public final class Samples {
    private Samples() {}

    /** Returns a result of a measure without its statistics, whose first target is the reference, and which has no A/A copy. */
    public static Result of(String measure, int blocks, List<Result.TargetFacts> targets) {
        return new Result(
                Result.SCHEMA,
                measure + "-20261127T120000Z",
                "bench 0.1.0 (commit abc1234)",
                List.of("bench", "run", "scenarios/" + measure + ".yaml"),
                "2026-11-27T12:00:00Z",
                "2026-11-27T12:03:00Z",
                170,
                new Result.ScenarioFacts(measure, "cd", measure),
                Result.PlanFacts.of(7, blocks, 1, targets.get(0).name(), null),
                Map.of(),
                new Result.WorkloadFacts("image", "sha256:1", "ab", List.of("app"), "HTTP 200", "1 CPU, 256 MiB"),
                targets,
                new Result.HarnessCost(20, 0.02, 0.05),
                List.of(),
                List.of(),
                List.of(),
                false);
    }

    /** Stores a result of four targets, of which one failed once. */
    public static ResultStore store(Path directory, String hostileName, int blocks) {
        ResultStore store = ResultStore.create(directory);
        SplittableRandom random = new SplittableRandom(1);
        for (int block = 0; block <= blocks; block++) {
            store.append(launch(block, 0, "process", 45 + random.nextDouble() * 4, null));
            store.append(launch(block, 1, "container", 250 + random.nextDouble() * 20, null));
            store.append(launch(block, 2, "container (A/A)", 250 + random.nextDouble() * 20, null));
            Failure failure = block == 3 ? new Failure("timeout", "target vm: " + hostileName, "logs/vm.log") : null;
            store.append(launch(block, 3, "vm", 3_100 + random.nextDouble() * 90, failure));
        }
        store.write("scenario.yaml", ("name: " + hostileName + "\n").getBytes(StandardCharsets.UTF_8));
        store.write(result(hostileName, blocks));
        return store;
    }

    private static Launch launch(int block, int position, String target, double ready, Failure failure) {
        return new Launch(
                1,
                block,
                position,
                target,
                block == 0,
                failure == null,
                "2026-11-24T12:00:00Z",
                failure == null ? Map.of("startup.ready_ms", ready, "startup.exec_ms", ready * 0.8) : Map.of(),
                List.of(
                        new Phase(PhaseName.REQUEST, 0),
                        new Phase(PhaseName.CREATED, ready * 0.1),
                        new Phase(PhaseName.STARTED, ready * 0.7),
                        new Phase(PhaseName.EXEC, ready * 0.8),
                        new Phase(PhaseName.READY, ready)),
                failure);
    }

    private static Result result(String hostileName, int blocks) {
        Identity identity = new Identity(
                "ab".repeat(32),
                List.of("nginx", hostileName),
                List.of("A=1"),
                0,
                0,
                "/",
                "6.1.0",
                1,
                256L << 20,
                null,
                Map.of());
        return new Result(
                Result.SCHEMA,
                "startup-20261124T120000Z",
                "bench 0.1.0 (commit abc1234)",
                List.of("bench", "run", "scenarios/startup.yaml"),
                "2026-11-24T12:00:00Z",
                "2026-11-24T12:03:00Z",
                170,
                new Result.ScenarioFacts("startup", "cd".repeat(32), "startup"),
                Result.PlanFacts.of(7, blocks, 1, "container", "container (A/A)"),
                Map.of("kernel", hostileName),
                new Result.WorkloadFacts(
                        hostileName, "sha256:12", "ab".repeat(32), List.of("nginx"), "HTTP 200", "1 CPU, 256 MiB"),
                List.of(
                        new Result.TargetFacts("process", TargetKind.PROCESS, "process", false, Map.of(), identity),
                        new Result.TargetFacts("container", TargetKind.CONTAINER, "docker", false, Map.of(), identity),
                        new Result.TargetFacts(
                                "vm",
                                TargetKind.VM,
                                "libvirt",
                                true,
                                Map.of("accelerator", "tcg (emulated)"),
                                identity)),
                new Result.HarnessCost(20, 0.02, 0.05),
                List.of(),
                List.of(),
                List.of(),
                false);
    }
}
