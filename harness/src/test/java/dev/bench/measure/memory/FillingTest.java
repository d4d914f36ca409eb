package dev.bench.measure.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import dev.bench.probe.ReadinessProbe;
import dev.bench.result.FailureKind;
import dev.bench.session.AddressPool;
import dev.bench.session.Trial;
import dev.bench.target.FakeTarget;
import dev.bench.target.Instance;
import dev.bench.target.LaunchException;
import dev.bench.target.Subnet;
import dev.bench.workload.Readiness;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Fills a host that has room for so many. */
@Timeout(120)
final class FillingTest {
    private static final long COST = 10 << 20;
    private static final int ENDLESS = 100_000;

    @TempDir
    private Path directory;

    private final AtomicInteger names = new AtomicInteger();
    private FakeTarget target = new FakeTarget(number -> null);
    private volatile int atOnce = 1;
    private volatile boolean surprised;
    private @Nullable Ramp ramp;
    private @Nullable HttpServer server;

    @AfterEach
    void removeAll() {
        if (ramp != null) {
            ramp.close();
            assertEquals(List.of(), target.running);
        }
        if (server != null) {
            server.stop(0);
        }
    }

    @Test
    void theFloorIsFoundToTheInstanceWithoutTryingEveryNumber() throws Exception {
        Filling.Outcome outcome = fill(37, 0);

        assertEquals(37, outcome.instances());
        assertEquals(FillRecord.FLOOR, outcome.cause());
        assertTrue(outcome.reason().contains("(0 MiB above it, one more takes 10 MiB)"), outcome.reason());
        assertTrue(outcome.tried().size() <= 8, outcome.tried().toString());
        assertEquals(37, target.mostRunning.get(), "the floor was not kept");
    }

    @Test
    void whatIsLaunchedAndTakesMoreThanThoughtIsTakenBack() throws Exception {
        Filling.Outcome outcome = fill(20, 3 * COST);

        assertEquals(17, outcome.instances());
        assertEquals(FillRecord.FLOOR, outcome.cause());
        assertEquals(17, target.running.size());
    }

    @Test
    void whatSomethingElseTakesIsNotBlamedOnTheInstances() throws Exception {
        Filling.Outcome outcome = fill(100, 200 * COST);

        assertEquals(8, outcome.instances());
        assertEquals(FillRecord.FLOOR, outcome.cause());
        assertEquals(1, target.running.size());
        assertTrue(outcome.reason().contains("something else on the host takes it"), outcome.reason());
    }

    @Test
    void aLaunchThatFailsEndsItAndTheOthersStay() throws Exception {
        target = up(number -> {
            if (number > 13) {
                throw new LaunchException(FailureKind.ENGINE, "no more of them", null);
            }
            return null;
        });

        Filling.Outcome outcome = fill(ENDLESS, 0);

        assertEquals(13, outcome.instances());
        assertEquals(FillRecord.FAILURE, outcome.cause());
        assertTrue(outcome.reason().contains("did not get ready: no more of them"), outcome.reason());
    }

    @Test
    void whereNothingBreaksTheAddressesEnd() throws Exception {
        Filling.Outcome outcome = fill(ENDLESS, 0);

        assertEquals(200, outcome.instances());
        assertEquals(FillRecord.ADDRESSES, outcome.cause());
        assertEquals(List.of(1, 2, 4, 8, 16, 32, 64, 128, 200), outcome.tried());
    }

    @Test
    void theBoundOfAnswersIsFoundByHalving() throws Exception {
        int port = serve(11, 150);

        Filling.Outcome outcome = fill(
                ENDLESS, 0, new Readiness.Http(port, "/", 200, "", "", Duration.ofSeconds(20)), Duration.ofMillis(100));

        assertEquals(11, outcome.instances());
        assertEquals(FillRecord.SLO, outcome.cause());
        assertTrue(outcome.reason().startsWith("an answer took longer than 100 ms ("), outcome.reason());
        assertEquals(List.of(1, 2, 4, 8, 16, 12, 10, 11), outcome.tried());
    }

    @Test
    void anInstanceThatNoLongerAnswersIsAFailure() throws Exception {
        int port = serve(6, -1);

        Filling.Outcome outcome =
                fill(ENDLESS, 0, new Readiness.Http(port, "/", 200, "", "", Duration.ofMillis(500)), null);

        assertTrue(outcome.instances() >= 4 && outcome.instances() <= 6, outcome.toString());
        assertEquals(FillRecord.FAILURE, outcome.cause());
    }

    @Test
    void noTwoThatRunHaveOneAddressHoweverManyCameAndWent() throws Exception {
        Ramp changing = ramp(ENDLESS, 0, new Readiness.Log("up", 1, Duration.ofSeconds(5)));
        for (int i = 0; i < 4; i++) {
            assertTrue(changing.tryTo(120).isEmpty());
            assertEquals(
                    120,
                    changing.instances().stream()
                            .map(Instance::address)
                            .distinct()
                            .count());
            changing.shrinkTo(40);
            assertEquals(40, target.running.size());
        }
        assertTrue(target.launched.size() > 300, "the addresses came round");
    }

    @Test
    void aRequestToStopEndsIt() throws Exception {
        Ramp stopped = ramp(ENDLESS, 0, new Readiness.Log("up", 1, Duration.ofSeconds(5)));
        Filling filling = new Filling(stopped, room(ENDLESS, 0), false, null);
        stopped.growTo(1);
        stopped.cancel();

        LaunchException failure = assertThrows(LaunchException.class, filling::run);

        assertEquals(FailureKind.INTERRUPTED, failure.kind());
        assertEquals(1, target.launched.size());
    }

    private Filling.Outcome fill(int capacity, long surprise) throws LaunchException {
        return fill(capacity, surprise, new Readiness.Log("up", 1, Duration.ofSeconds(5)), null);
    }

    private Filling.Outcome fill(int capacity, long surprise, Readiness readiness, @Nullable Duration slo)
            throws LaunchException {
        Ramp filled = ramp(capacity, surprise, readiness);
        filled.growTo(1);
        return new Filling(filled, room(capacity, surprise), readiness instanceof Readiness.Http, slo).run();
    }

    private Ramp ramp(int capacity, long surprise, Readiness readiness) {
        target.words = "up\n";
        Trial trial = new Trial(
                "fake",
                target,
                1,
                2,
                () -> "no-process-is-called-" + names.incrementAndGet(),
                new AddressPool(new Subnet("127.1.1.")),
                directory.resolve("fake.log"));
        Filling.Room room = room(capacity, surprise);
        // What a launch under way takes is not seen before it is there.
        Ramp made = new Ramp(trial, new ReadinessProbe(readiness), () -> room.freeBytes() >= COST * atOnce);
        ramp = made;
        return made;
    }

    /** Has room for so many instances, and once 16 have run for fewer by what is taken later. */
    private Filling.Room room(int capacity, long surprise) {
        return new Filling.Room() {
            @Override
            public long freeBytes() {
                int running = target.running.size();
                surprised |= running > 15;
                return (capacity - running) * COST - (surprised ? surprise : 0);
            }

            @Override
            public long costBytes() {
                return COST;
            }

            @Override
            public void atOnce(int launches) {
                atOnce = launches;
            }

            @Override
            public void rest() {}
        };
    }

    private static FakeTarget up(FakeTarget.Behaviour behaviour) {
        return new FakeTarget(behaviour);
    }

    /** Answers for every instance: at once as long as so many run, beyond that later, or not at all where that is negative. */
    private int serve(int well, int millis) throws IOException {
        HttpServer made = HttpServer.create(new InetSocketAddress(0), 0);
        made.setExecutor(Executors.newCachedThreadPool(work -> {
            Thread thread = new Thread(work, "server");
            thread.setDaemon(true);
            return thread;
        }));
        made.createContext("/", exchange -> {
            int running = target.running.size();
            if (running > well && millis > 0) {
                try {
                    Thread.sleep(millis);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
            exchange.sendResponseHeaders(running > well && millis < 0 ? 503 : 200, -1);
            exchange.close();
        });
        made.start();
        server = made;
        return made.getAddress().getPort();
    }
}
