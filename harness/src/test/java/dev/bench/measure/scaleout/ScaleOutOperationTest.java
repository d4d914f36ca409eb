package dev.bench.measure.scaleout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bench.load.LoadGenerator;
import dev.bench.measure.scaleout.ScaleOutTrial.LoadPoint;
import dev.bench.probe.ReadinessProbe;
import dev.bench.result.FailureKind;
import dev.bench.result.ResultStore;
import dev.bench.session.AddressPool;
import dev.bench.session.Trial;
import dev.bench.target.FakeTarget;
import dev.bench.target.LaunchException;
import dev.bench.target.LaunchRequest;
import dev.bench.target.Subnet;
import dev.bench.workload.Readiness;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class ScaleOutOperationTest {
    @TempDir
    private Path directory;

    private ResultStore store;
    private LoadGenerator generator;

    @BeforeEach
    void open() {
        store = ResultStore.create(directory);
        generator = new LoadGenerator(store, "latency.hlog");
    }

    @AfterEach
    void close() {
        generator.close();
    }

    private ScaleOutOperation operation(FakeTarget target, Starts starts, Loads loads) {
        AtomicInteger names = new AtomicInteger();
        Trial trial = new Trial(
                "scripted",
                target,
                1,
                2,
                () -> "instance-" + names.incrementAndGet(),
                new AddressPool(new Subnet("198.18.0.")),
                store.logs().resolve("scripted.log"));
        return new ScaleOutOperation(
                trial,
                starts,
                loads,
                generator,
                new ReadinessProbe(new Readiness.Exit(0, Duration.ofSeconds(10))),
                store,
                false);
    }

    private static Starts closed(int instances, int concurrency) {
        return new Starts(instances, concurrency, 0);
    }

    @Test
    void startsAreUnderWayAtTheSameTime() throws Exception {
        // Passed only when four launches are in it together.
        CyclicBarrier together = new CyclicBarrier(4);
        FakeTarget target = new FakeTarget(number -> {
            if (number <= 8) {
                await(together);
            }
            return 0;
        });
        ScaleOutOperation operation = operation(target, closed(8, 4), null);
        operation.start();
        assertEquals(8, target.running.size(), "the one more is gone again");
        assertEquals(9, target.mostRunning.get());
        operation.remove();

        assertEquals(0, target.running.size());
        assertEquals(9, target.reserved.get());
        assertEquals(
                9,
                target.launched.stream().map(LaunchRequest::address).distinct().count());
        ScaleOutTrial trial = store.details(ScaleOutTrial.FILE).get(0);
        assertEquals(8, trial.ready().size());
        assertNotNull(trial.oneMore());
        assertNotNull(operation.values().get(ScaleOutMetrics.ALL.id()));
        assertNotNull(operation.values().get(ScaleOutMetrics.ONE_MORE.id()));
    }

    private static void await(CyclicBarrier barrier) throws LaunchException, InterruptedException {
        try {
            barrier.await(20, TimeUnit.SECONDS);
        } catch (BrokenBarrierException | TimeoutException e) {
            throw new LaunchException(FailureKind.TIMEOUT, "the others did not come", e);
        }
    }

    @Test
    void atARateNoStartWaitsForAnother() throws Exception {
        // The first ends only when the third has begun.
        CountDownLatch third = new CountDownLatch(3);
        FakeTarget target = new FakeTarget(number -> {
            third.countDown();
            third.await();
            return 0;
        });
        ScaleOutOperation operation = operation(target, new Starts(3, 1, 100), null);
        operation.start();
        operation.remove();

        List<ScaleOutTrial.Start> starts =
                store.details(ScaleOutTrial.FILE).get(0).starts();
        assertEquals(0, starts.get(0).intendedMs());
        assertEquals(10, starts.get(1).intendedMs(), 1e-6);
        assertEquals(20, starts.get(2).intendedMs(), 1e-6);
        double first = starts.get(0).endedMs() - starts.get(0).intendedMs();
        assertTrue(first >= 20, "the first waited for the third, which began after 20 ms: " + first);
    }

    @Test
    void oneThatFailsIsCountedAndItsLogIsKept() throws Exception {
        FakeTarget target = new FakeTarget(number -> number == 2 ? 7 : 0);
        ScaleOutOperation operation = operation(target, closed(4, 1), null);
        operation.start();
        operation.remove();

        ScaleOutTrial trial = store.details(ScaleOutTrial.FILE).get(0);
        assertEquals(3, trial.ready().size());
        assertNull(trial.starts().get(1).readyMs());
        assertTrue(trial.starts().get(1).failure().contains("status 7"), trial.toString());
        assertFalse(operation.values().containsKey(ScaleOutMetrics.ALL.id()), "not all are ready");
        assertTrue(operation.values().containsKey(ScaleOutMetrics.READY.id()));
        assertEquals("last words of instance-2", Files.readString(store.logs().resolve("scripted-2.log")));
        assertFalse(Files.exists(store.logs().resolve("scripted-1.log")));
        assertEquals(0, target.running.size());
    }

    @Test
    void failsWhereNoneBecomesReadyAndKeepsTheFirstLog() {
        FakeTarget target = new FakeTarget(number -> 3);
        ScaleOutOperation operation = operation(target, closed(2, 2), null);
        LaunchException failure = assertThrows(LaunchException.class, operation::start);
        operation.remove();

        assertEquals(FailureKind.EXITED, failure.kind());
        assertTrue(failure.getMessage().startsWith("none of 2 instances became ready; the first: "));
        assertTrue(Files.exists(operation.log()));
        assertEquals(List.of(), store.details(ScaleOutTrial.FILE));
        assertEquals(0, target.running.size());
    }

    @Test
    void aLoadThatNeedsMoreThanAreReadyIsNotAppliedAndSaysWhy() throws Exception {
        FakeTarget target = new FakeTarget(number -> number == 1 ? 0 : 7);
        Throughput plan = new Throughput(
                List.of(2), 1, Duration.ofMillis(100), "/", List.of(10.0), List.of(0.5), Duration.ofMillis(50));
        ScaleOutOperation operation = operation(
                target,
                closed(2, 1),
                new Loads(plan, new Readiness.Http(80, "/", 200, "", "", Duration.ofSeconds(1)), generator));
        operation.start();
        operation.remove();

        ScaleOutTrial trial = store.details(ScaleOutTrial.FILE).get(0);
        assertEquals(
                List.of("closed", "0.5 of closed", "10/s each"),
                trial.points().stream().map(LoadPoint::load).toList());
        assertTrue(trial.points().stream()
                .allMatch(point -> "only 1 of 2 instances became ready".equals(point.skipped())));
        assertEquals(0, trial.density().instances());
        assertEquals("only 1 of 2 instances became ready", trial.density().stop());
        assertFalse(operation.values().containsKey(ScaleOutMetrics.REQUESTS.id()));
    }

    @Test
    void aRequestToStopEndsStartsThatAreStillToCome() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        FakeTarget target = new FakeTarget(number -> {
            begun.countDown();
            return 0;
        });
        ScaleOutOperation operation = operation(target, new Starts(100, 1, 0.5), null);
        Thread stopper = new Thread(() -> {
            try {
                begun.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            operation.cancel();
        });
        stopper.start();
        LaunchException failure = assertThrows(LaunchException.class, operation::start);
        operation.remove();
        stopper.join();

        assertEquals(FailureKind.INTERRUPTED, failure.kind());
        assertEquals(0, target.running.size());
        assertFalse(Thread.currentThread().isInterrupted());
    }
}
