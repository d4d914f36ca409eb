package dev.bench.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bench.jvm.Blame;
import dev.bench.jvm.SessionException;
import dev.bench.plan.Plan;
import dev.bench.result.Result;
import dev.bench.result.ResultStore;
import dev.bench.result.TargetKind;
import dev.bench.scenario.Planner;
import dev.bench.scenario.ScenarioReader;
import dev.bench.session.Cancellation;
import dev.bench.session.SessionListener;
import dev.bench.session.SessionOrder;
import dev.bench.session.SessionReport;
import dev.bench.target.LabView;
import dev.bench.target.Subnet;
import dev.bench.target.TargetDriver;
import dev.bench.toy.Toy;
import dev.bench.toy.ToyDriver;
import dev.bench.workload.ImageConfig;
import dev.bench.workload.PreparedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RunSessionsTest {
    private static final List<TargetDriver> DRIVERS = List.of(new ToyDriver());
    private static final SessionReport COMPLETE = new SessionReport(2, 1, Map.of(), Map.of(), true);
    private static final List<Result.TargetFacts> TARGETS =
            List.of(new Result.TargetFacts("short", TargetKind.of("thread"), "thread", false, Map.of(), null));

    private final Cancellation cancellation = new Cancellation();
    private final List<SessionOrder> orders = new ArrayList<>();

    @TempDir
    private Path folder = Path.of("");

    private ResultStore store = new ResultStore(folder);

    @BeforeEach
    void create() throws Exception {
        store = ResultStore.create(folder.resolve("result"));
        Files.writeString(store.directory().resolve("scenario.yaml"), "name: a\n");
    }

    @Test
    void everySessionIsRunAndTheFirstOneProves() throws Exception {
        RunSessions.Ending ending = run((order, log, listener, stop) -> {
            orders.add(order);
            return COMPLETE;
        });

        assertEquals(List.of(1, 2), orders.stream().map(SessionOrder::session).toList());
        assertEquals(
                List.of(true, false), orders.stream().map(SessionOrder::prove).toList());
        assertEquals(List.of(COMPLETE, COMPLETE), ending.reports());
        assertNull(ending.failure());
        assertFalse(ending.result().partial());
        assertEquals(4, ending.result().wallSeconds());
    }

    @Test
    void aSessionThatCannotGoOnEndsTheRun() throws Exception {
        RunSessions.Ending ending = run((order, log, listener, stop) -> {
            orders.add(order);
            throw new SessionException("no engine", Blame.TARGET, null);
        });

        assertEquals(1, orders.size());
        assertEquals("no engine", ending.failure());
        assertEquals(Blame.TARGET, ending.blame());
        assertEquals(List.of(), ending.reports());
        assertTrue(ending.result().partial());
        assertEquals(
                List.of("mind this", "the run ended early: no engine"),
                ending.result().warnings());
    }

    @Test
    void aCancellationLeavesTheOtherSessionsOut() throws Exception {
        RunSessions.Ending ending = run((order, log, listener, stop) -> {
            stop.request();
            return COMPLETE;
        });

        assertEquals(1, ending.reports().size());
        assertNull(ending.failure());
        assertTrue(ending.result().partial());
    }

    @Test
    void aSessionThatMadeNotAllLaunchesIsAPartOnly() throws Exception {
        SessionReport cut = new SessionReport(2, 1, Map.of(), Map.of(), false);

        assertTrue(run((order, log, listener, stop) -> cut).result().partial());
    }

    @Test
    void aRunThatIsKilledCanBeReportedFromTheProofOn() throws Exception {
        List<String> heard = new ArrayList<>();
        SessionListener told = new SessionListener() {
            @Override
            public void prepared(List<Result.TargetFacts> targets, Result.HarnessCost harness) {
                heard.add("prepared");
                // What is told is stored already: whoever hears of it may end the process.
                assertTrue(store.read().partial());
                assertEquals("short", store.read().targets().get(0).name());
            }
        };

        RunSessions.Ending ending = run(told, (order, log, listener, stop) -> {
            listener.prepared(TARGETS, new Result.HarnessCost(20, 0.5, 1));
            return COMPLETE;
        });

        assertEquals(List.of("prepared", "prepared"), heard);
        assertEquals(new Result.HarnessCost(20, 0.5, 1), ending.result().harness());
    }

    private RunSessions.Ending run(RunSessions.Runner runner) throws Exception {
        return run(new SessionListener() {}, runner);
    }

    private RunSessions.Ending run(SessionListener listener, RunSessions.Runner runner) throws Exception {
        Plan plan = new Planner(DRIVERS)
                .plan(
                        new ScenarioReader(DRIVERS).read(Toy.scenario(folder, "toy")),
                        new Planner.Overrides(1, null, 2, null, List.of()))
                .plan();
        RunRequest request = new RunRequest(
                plan, List.of("mind this"), folder, folder.resolve("cache"), Map.of(), DRIVERS, "bench", List.of());
        PreparedImage image = new PreparedImage(
                "sha256:1",
                "reference",
                folder,
                "ab",
                folder,
                folder,
                new ImageConfig(List.of("serve"), List.of(), "0:0", "/", List.of(), "SIGTERM"));
        LabView lab = new LabView("0123abcd", folder, folder, folder, "bridge", new Subnet("198.18.0."), Map.of());
        return new RunSessions(
                        request,
                        new Subject(image, null, Map.of(), Map.of(), List.of(), Map.of()),
                        store,
                        Instant.EPOCH,
                        listener,
                        cancellation)
                .run(lab, runner);
    }
}
