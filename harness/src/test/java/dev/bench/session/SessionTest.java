package dev.bench.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bench.measure.startup.Startup;
import dev.bench.measure.startup.StartupSettings;
import dev.bench.plan.Plan;
import dev.bench.plan.Schedule;
import dev.bench.result.FailureKind;
import dev.bench.result.Identity;
import dev.bench.result.Launch;
import dev.bench.result.Phase;
import dev.bench.result.PhaseName;
import dev.bench.result.Result;
import dev.bench.result.ResultStore;
import dev.bench.target.FakeTarget;
import dev.bench.target.LabView;
import dev.bench.target.LaunchException;
import dev.bench.target.LaunchRequest;
import dev.bench.target.Subnet;
import dev.bench.target.TargetDefinition;
import dev.bench.target.TargetException;
import dev.bench.workload.ConfigOverrides;
import dev.bench.workload.ImageConfig;
import dev.bench.workload.ImageSource;
import dev.bench.workload.Limits;
import dev.bench.workload.PreparedImage;
import dev.bench.workload.Readiness;
import dev.bench.workload.Workload;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class SessionTest {
    private static final String DIGEST = "ab".repeat(32);
    private static final String MANIFEST = "/\tdirectory\t755\t0\t0\n/etc\tdirectory\t755\t0\t0\n";
    private static final FakeTarget.Behaviour READY = number -> 0;

    @TempDir
    private Path directory = Path.of("");

    private final FakeTarget.Driver driver = new FakeTarget.Driver();
    private final Cancellation cancellation = new Cancellation();
    private final Listener listener = new Listener();

    @BeforeEach
    void makeFiles() throws IOException {
        ResultStore.create(directory);
        Files.writeString(directory.resolve("manifest"), MANIFEST);
    }

    @Test
    void aFailedLaunchIsNoSampleAndStopsNoOtherTarget() throws Exception {
        FakeTarget good = add("good", READY);
        FakeTarget bad = add("bad", number -> number == 3 ? 9 : 0);

        SessionReport report = session(plan(3, 1, false)).run();

        List<Launch> launches = store().launches();
        assertEquals(8, launches.size());
        List<Launch> failed = launches.stream().filter(launch -> !launch.ok()).toList();
        assertEquals(1, failed.size());
        Launch failure = failed.get(0);
        assertEquals("bad", failure.target());
        assertEquals(2, failure.block());
        assertEquals(Map.of(), failure.values());
        assertNotNull(failure.failure());
        assertEquals("exited", failure.failure().kind());
        assertTrue(
                failure.failure().message().startsWith("target bad, session 1, block 2: "),
                failure.failure().message());
        assertTrue(Files.readString(directory.resolve(failure.failure().log())).startsWith("last words of bench-"));
        assertTrue(launches.stream()
                .filter(Launch::ok)
                .allMatch(launch -> launch.values().containsKey("startup.ready_ms") && launch.failure() == null));
        assertEquals(4, good.launched.size());
        assertEquals(4, bad.launched.size());
        assertEquals(4, bad.interruptedAtRemoval.size());
        assertTrue(report.complete());
        assertEquals(Map.of(), report.givenUp());
        assertTrue(good.closed && bad.closed);
    }

    @Test
    void theFirstBlockIsDiscarded() throws Exception {
        add("good", READY);
        add("other", READY);

        session(plan(2, 1, false)).run();

        for (Launch launch : store().launches()) {
            assertEquals(launch.block() == 0, launch.warmup(), launch.toString());
        }
        assertEquals(
                List.of(0, 0, 1, 1, 2, 2),
                store().launches().stream().map(Launch::block).toList());
        assertEquals(
                List.of(0, 1, 0, 1, 0, 1),
                store().launches().stream().map(Launch::position).toList());
    }

    @Test
    void aTargetThatIsNeverReadyInTheDiscardedBlocksIsGivenUp() throws Exception {
        FakeTarget good = add("good", READY);
        FakeTarget never = add("never", number -> 1);
        FakeTarget late = add("late", number -> number == 1 ? 1 : 0);

        SessionReport report = session(plan(3, 2, false)).run();

        assertEquals(5, good.launched.size());
        assertEquals(2, never.launched.size());
        assertEquals(5, late.launched.size());
        assertEquals(Set.of("never"), report.givenUp().keySet());
        assertTrue(report.complete());
    }

    @Test
    void aTargetWhoseEngineLeavesAnInstanceRunningIsGivenUpAtOnce() throws Exception {
        FakeTarget good = add("good", READY);
        FakeTarget lost = add("lost", READY);
        lost.unremoved = 2;

        SessionReport report = session(plan(3, 1, false)).run();

        assertEquals(4, good.launched.size());
        assertEquals(2, lost.launched.size());
        List<Launch> failed =
                store().launches().stream().filter(launch -> !launch.ok()).toList();
        assertEquals(1, failed.size());
        assertEquals("engine", failed.get(0).failure().kind());
        String message = failed.get(0).failure().message();
        assertTrue(message.matches("target lost, session 1, block 1: bench-.* is not removed"), message);
        assertEquals(Map.of("lost", failed.get(0).failure()), report.givenUp());
    }

    @Test
    void aSessionEndsWhereAnEngineOrABuildTellsOfAFullDisk() {
        for (FailureKind kind : List.of(FailureKind.ENGINE, FailureKind.BUILD)) {
            FakeTarget full = add("good", number -> {
                throw new LaunchException(kind, "cannot create it: no space left on device", null);
            });

            UncheckedIOException end = assertThrows(
                    UncheckedIOException.class, () -> session(plan(3, 1, false)).run());

            assertEquals(directory + ": No space left on device", end.getMessage());
            assertEquals(1, full.launched.size());
            List<Launch> launches = store().launches();
            assertTrue(launches.get(launches.size() - 1).failure().is(FailureKind.SPACE), launches.toString());
        }
    }

    @Test
    void aWorkloadThatTellsOfADiskOfItsOwnEndsNoSession() throws Exception {
        add("good", READY);
        FakeTarget full = add("other", number -> {
            throw new LaunchException(FailureKind.EXITED, "It last wrote: No space left on device", null);
        });

        session(plan(2, 0, false)).run();

        assertEquals(2, full.launched.size());
        assertEquals(
                List.of("exited", "exited"),
                store().launches().stream()
                        .filter(launch -> !launch.ok())
                        .map(launch -> launch.failure().kind())
                        .toList());
    }

    @Test
    void aLostReferenceIsGivenUpUnderBothItsNames() throws Exception {
        FakeTarget reference = add("good", READY);
        FakeTarget other = add("other", READY);
        reference.unremoved = 1;

        SessionReport report = session(plan(2, 1, true)).run();

        assertEquals(1, reference.launched.size());
        assertEquals(3, other.launched.size());
        assertEquals(Set.of("good", "good (A/A)"), report.givenUp().keySet());
    }

    @Test
    void theReferenceRunsTwicePerBlockUnderTwoNames() throws Exception {
        FakeTarget reference = add("good", number -> number == 4 ? 1 : 0);
        add("other", READY);

        session(plan(2, 1, true)).run();

        assertEquals(6, reference.launched.size());
        assertEquals(
                3,
                store().launches().stream()
                        .filter(launch -> launch.target().equals("good (A/A)"))
                        .count());
        Set<String> names = new HashSet<>();
        Set<Path> logs = new HashSet<>();
        for (LaunchRequest request : reference.launched) {
            assertTrue(names.add(request.name()), request.name());
            assertTrue(logs.add(request.log()), request.log().toString());
        }
    }

    @Test
    void everyValueIsMeasuredFromTheRequest() throws Exception {
        add("good", READY);

        session(plan(2, 1, false)).run();

        for (Launch launch : store().launches()) {
            double ready = launch.values().get("startup.ready_ms");
            double exec = launch.values().get("startup.exec_ms");
            assertTrue(exec > 0 && exec <= ready, launch.toString());
            assertTrue(launch.values().get("teardown_ms") >= 0, launch.toString());
            assertEquals(7.5, launch.values().get(LaunchValues.JMH_SCORE));
            assertEquals(
                    List.of(PhaseName.REQUEST, PhaseName.CREATED, PhaseName.STARTED, PhaseName.EXEC, PhaseName.READY),
                    launch.phases().stream().map(Phase::name).toList());
        }
    }

    @Test
    void aLaunchStandsOnDiskBeforeTheNextBegins() throws Exception {
        add("good", number -> {
            assertEquals(number - 1, store().launches().size());
            return 0;
        });

        session(plan(3, 1, false)).run();

        assertEquals(List.of(1, 2, 3, 4), listener.storedWhenHeard);
        assertEquals(1, listener.prepared);
    }

    @Test
    void cancellationKeepsFinishedLaunches() throws Exception {
        FakeTarget good = add("good", READY);
        FakeTarget other = add("other", READY);
        listener.cancelAfter = 3;

        SessionReport report = session(plan(5, 1, false)).run();

        assertEquals(3, store().launches().size());
        assertEquals(3, good.launched.size() + other.launched.size());
        assertFalse(report.complete());
        assertTrue(good.closed && other.closed);
    }

    @Test
    void cancellationEndsTheLaunchThatRuns() throws Exception {
        FakeTarget target = add("good", number -> number < 3 ? 0 : null);
        Thread thread = new Thread(() -> {
            target.awaitWaiting();
            cancellation.request();
        });
        thread.start();

        long begin = System.nanoTime();
        SessionReport report = session(plan(5, 1, false)).run();

        assertTrue(System.nanoTime() - begin < Duration.ofSeconds(20).toNanos());
        assertEquals(2, store().launches().size());
        assertFalse(report.complete());
        assertEquals(List.of(false, false, false), target.interruptedAtRemoval);
        assertFalse(Thread.currentThread().isInterrupted());
        assertTrue(target.closed);
    }

    @Test
    void nothingIsTimedWhereATreeDiffers() throws Exception {
        FakeTarget good = add("good", READY);
        FakeTarget other = driver.add(
                "other",
                identity("cd".repeat(32), List.of("A=1"), 0),
                MANIFEST.replace("/etc\tdirectory\t755", "/etc\tdirectory\t700"),
                READY);

        Session session = session(plan(2, 1, false));
        IdentityMismatchException mismatch = assertThrows(IdentityMismatchException.class, session::run);

        assertEquals("other", mismatch.target());
        String message = String.valueOf(mismatch.getMessage());
        assertTrue(message.contains("the file tree differs"), message);
        assertTrue(message.contains("/etc differs: mode 755 in the image, 700 in the target"), message);
        assertEquals(0, good.launched.size() + other.launched.size());
        assertEquals(0, store().launches().size());
        assertTrue(good.closed && other.closed);
    }

    @Test
    void nothingIsTimedWhereTheEnvironmentOrTheUserDiffers() throws Exception {
        add("good", READY);
        driver.add("other", identity(DIGEST, List.of("A=2"), 0), MANIFEST, READY);
        String environment = String.valueOf(assertThrows(TargetException.class, session(plan(2, 1, false))::run)
                .getMessage());
        assertTrue(environment.contains("environment [A=2], but [A=1] on target good"), environment);

        driver.add("other", identity(DIGEST, List.of("A=1"), 33), MANIFEST, READY);
        String user = String.valueOf(assertThrows(TargetException.class, session(plan(2, 1, false))::run)
                .getMessage());
        assertTrue(user.contains("user id 33, but 0 on target good"), user);
    }

    @Test
    void knowsWhatTheHarnessItselfCosts() throws Exception {
        add("good", READY);

        session(plan(1, 1, false)).run();

        Result.HarnessCost cost = listener.cost;
        assertNotNull(cost);
        assertEquals(20, cost.n());
        assertTrue(cost.medianMs() > 0 && cost.medianMs() <= cost.maxMs(), cost.toString());
        assertEquals(1, listener.targets.size());
        assertEquals(
                identity(DIGEST, List.of("A=1"), 0), listener.targets.get(0).identity());
    }

    @Test
    void aSessionThatNeedNotProveGivesNoIdentity() throws Exception {
        driver.add("good", identity("cd".repeat(32), List.of(), 0), MANIFEST, READY);

        session(order(plan(1, 1, false), false), new PlainDriver(), listener, cancellation)
                .run();

        assertNull(listener.targets.get(0).identity());
    }

    private FakeTarget add(String name, FakeTarget.Behaviour behaviour) {
        return driver.add(name, identity(DIGEST, List.of("A=1"), 0), MANIFEST, behaviour);
    }

    private static Identity identity(String digest, List<String> env, int uid) {
        return new Identity(digest, List.of("serve"), env, uid, 0, "/", "6.1.0", 1, 256L << 20, null, Map.of());
    }

    private Session session(
            SessionOrder order, LaunchDriver launchDriver, SessionListener hearing, Cancellation cancelling) {
        return new Session(order, List.of(driver), new Startup().procedure(order), launchDriver, hearing, cancelling);
    }

    private Session session(Plan plan) {
        return session(order(plan, true), new PlainDriver(), listener, cancellation);
    }

    private ResultStore store() {
        return new ResultStore(directory);
    }

    private SessionOrder order(Plan plan, boolean prove) {
        PreparedImage image = new PreparedImage(
                "sha256:12",
                "image",
                directory,
                DIGEST,
                directory.resolve("manifest"),
                directory.resolve("disk"),
                new ImageConfig(List.of("serve"), List.of(), "", "/", List.of(), "SIGTERM"));
        LabView lab =
                new LabView("0123abcd", directory, directory, directory, "bridge", new Subnet("198.18.0."), Map.of());
        return new SessionOrder(plan, image, null, lab, 1, prove, directory);
    }

    /** Makes a plan for the targets added so far, the reference first. */
    private Plan plan(int blocks, int warmupBlocks, boolean control) {
        List<TargetDefinition> targets = driver.targets.values().stream()
                .map(target -> target.definition)
                .sorted((one, other) ->
                        one.name().equals("good") ? -1 : other.name().equals("good") ? 1 : 0)
                .toList();
        return new Plan(
                "test",
                "",
                "startup",
                new StartupSettings(),
                directory.resolve("scenario.yaml"),
                new Workload(
                        new ImageSource.Oci("image"),
                        ConfigOverrides.none(),
                        new Readiness.Exit(0, Duration.ofSeconds(40))),
                new Limits(1, 256L << 20),
                targets,
                "good",
                control,
                new Schedule(blocks, warmupBlocks, 1, 7, Duration.ZERO),
                null,
                List.of());
    }

    /** Executes as the contract says, without a stopwatch. */
    private static final class PlainDriver implements LaunchDriver {
        @Override
        public double execute(Operation operation) throws LaunchException {
            try {
                operation.start();
                return 7.5;
            } finally {
                operation.remove();
            }
        }
    }

    private final class Listener implements SessionListener {
        private final List<Integer> storedWhenHeard = new ArrayList<>();
        private List<Result.TargetFacts> targets = List.of();
        private Result.HarnessCost cost;
        private int prepared;
        private int cancelAfter = Integer.MAX_VALUE;

        @Override
        public void stage(String description) {}

        @Override
        public void prepared(List<Result.TargetFacts> all, Result.HarnessCost harness) {
            prepared++;
            targets = all;
            cost = harness;
        }

        @Override
        public void launched(Launch launch) {
            storedWhenHeard.add(store().launches().size());
            if (storedWhenHeard.size() == cancelAfter) {
                cancellation.request();
            }
        }
    }
}
