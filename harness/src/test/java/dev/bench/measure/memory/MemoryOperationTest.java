package dev.bench.measure.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bench.host.SystemFiles;
import dev.bench.probe.ReadinessProbe;
import dev.bench.result.FailureKind;
import dev.bench.session.AddressPool;
import dev.bench.session.Trial;
import dev.bench.target.FakeTarget;
import dev.bench.target.LaunchException;
import dev.bench.target.Subnet;
import dev.bench.workload.Readiness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class MemoryOperationTest {
    private static final long NO_FLOOR = 0;

    @TempDir
    private Path directory;

    private final List<MemoryReading> readings = new ArrayList<>();
    private final List<FillRecord> fills = new ArrayList<>();
    private final AtomicInteger names = new AtomicInteger();
    private FakeTarget target = up(number -> null);

    private static FakeTarget up(FakeTarget.Behaviour behaviour) {
        FakeTarget target = new FakeTarget(behaviour);
        target.words = "up\n";
        return target;
    }

    @BeforeEach
    void describeTheHost() throws IOException {
        Path proc = Files.createDirectories(directory.resolve("proc"));
        Files.writeString(proc.resolve("meminfo"), "MemTotal: 8000000 kB\nMemAvailable: 4000000 kB\n");
    }

    private MemoryOperation operation(long floorBytes, Integer... instances) {
        Trial trial = new Trial(
                "fake",
                target,
                1,
                2,
                () -> "no-process-is-called-" + names.incrementAndGet(),
                new AddressPool(new Subnet("198.18.0.")),
                directory.resolve("fake.log"));
        return new MemoryOperation(
                trial,
                false,
                new MemorySettings(List.of(instances), 0, floorBytes),
                new ReadinessProbe(new Readiness.Log("up", 1, Duration.ofSeconds(5))),
                Optional.empty(),
                new SystemFiles(directory),
                any -> new MemoryOperation.ImageWeight(3 << 20, 1 << 20),
                readings::add,
                fills::add);
    }

    @Test
    void readsAtEveryStepAndRemovesWhatItLaunched() throws Exception {
        MemoryOperation operation = operation(NO_FLOOR, 1, 3);
        operation.start();

        assertEquals(
                List.of(0, 1, 3),
                readings.stream().map(MemoryReading::instances).toList());
        assertTrue(readings.stream().allMatch(MemoryReading::settled));
        assertEquals(3, target.running.size());
        operation.remove();
        assertEquals(List.of(), target.running);
        assertEquals(0, operation.values().get("memory.marginal_mib"), 64, "only this JVM's own growth is taken off");
        assertEquals(3, operation.values().get("disk.image_mib"));
        assertEquals(1, operation.values().get("disk.compressed_mib"));
    }

    @Test
    void launchesNothingBelowTheFloor() {
        MemoryOperation operation = operation(5L << 30, 1, 2);
        LaunchException refused = assertThrows(LaunchException.class, operation::start);
        operation.remove();

        assertEquals(FailureKind.FLOOR, refused.kind());
        assertTrue(
                refused.getMessage().contains("3906 MiB are available and the floor is 5120 MiB"),
                refused.getMessage());
        assertEquals(0, target.launched.size());
    }

    @Test
    void oneLaunchThatFailsEndsTheRampAndLeavesNoneOfTheOthers() {
        target = up(number -> {
            if (number == 3) {
                throw new LaunchException(FailureKind.ENGINE, "no", null);
            }
            return null;
        });
        MemoryOperation operation = operation(NO_FLOOR, 2, 4);
        LaunchException failure = assertThrows(LaunchException.class, operation::start);
        operation.remove();

        assertEquals(FailureKind.ENGINE, failure.kind());
        assertEquals(List.of(), target.running);
        assertEquals(
                List.of(0, 2), readings.stream().map(MemoryReading::instances).toList());
    }

    @Test
    void anInstanceThatEndsMeanwhileIsAFailure() {
        target = up(number -> 9);
        MemoryOperation operation = operation(NO_FLOOR, 1);
        LaunchException failure = assertThrows(LaunchException.class, operation::start);
        operation.remove();

        assertEquals(FailureKind.EXITED, failure.kind());
        assertTrue(failure.getMessage().contains("ended with status 9"), failure.getMessage());
    }

    @Test
    void aRequestToStopEndsTheWaiting() {
        MemoryOperation operation = operation(NO_FLOOR, 1);
        operation.cancel();
        LaunchException failure = assertThrows(LaunchException.class, operation::start);
        operation.remove();

        assertEquals(FailureKind.INTERRUPTED, failure.kind());
        assertEquals(0, target.launched.size());
    }
}
