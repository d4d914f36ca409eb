package dev.bench.jvm;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.bench.host.HostFault;
import dev.bench.jmh.JmhLaunchDriver;
import dev.bench.measure.Measures;
import dev.bench.result.Launch;
import dev.bench.result.Result;
import dev.bench.session.Cancellation;
import dev.bench.session.Session;
import dev.bench.session.SessionListener;
import dev.bench.session.SessionOrder;
import dev.bench.target.Drivers;
import dev.bench.target.RemovalException;
import dev.bench.target.TargetException;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Starts the measuring JVM: reads an order, runs the session, and tells the parent by lines on standard
 * output.
 *
 * <p>Ends early, with everything removed, on SIGINT, on SIGTERM and when standard input ends, which it does even where
 * the parent was killed.
 */
public final class SessionMain {
    private static final int CLEANUP_SECONDS = 20;

    private SessionMain() {}

    /** Runs the session whose order stands in the file named by the only argument. */
    public static void main(String[] arguments) throws IOException {
        SessionOrder order = MeasuringJvm.JSON.readValue(Path.of(arguments[0]).toFile(), SessionOrder.class);
        // What is printed by libraries goes to the log; only events go to the parent.
        PrintStream events = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        System.setOut(System.err);

        Cancellation cancellation = new Cancellation();
        CountDownLatch ended = new CountDownLatch(1);
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            cancellation.request();
                            awaitUninterruptibly(ended);
                        },
                        "session-shutdown"));
        watchParent(cancellation);

        SessionEvent last = run(order, cancellation, events);
        print(events, last);
        ended.countDown();
        // Client libraries leave threads behind that are not daemons.
        System.exit(0);
    }

    private static SessionEvent run(SessionOrder order, Cancellation cancellation, PrintStream events) {
        SessionListener listener = new SessionListener() {
            @Override
            public void stage(String description) {
                print(events, SessionEvent.stage(description));
            }

            @Override
            public void prepared(List<Result.TargetFacts> targets, Result.HarnessCost harness) {
                print(events, SessionEvent.prepared(new SessionEvent.Prepared(targets, harness)));
            }

            @Override
            public void launched(Launch launch) {
                print(events, SessionEvent.launch(launch));
            }
        };
        try {
            Session session = new Session(
                    order,
                    Drivers.all(),
                    Measures.of(order.plan()).procedure(order),
                    new JmhLaunchDriver(),
                    listener,
                    cancellation);
            return SessionEvent.report(session.run());
        } catch (TargetException | RemovalException e) {
            e.printStackTrace(System.err);
            return SessionEvent.failure(HostFault.describeFull(e)
                    .map(fault -> new SessionEvent.SessionFailure(fault, Blame.HOST))
                    .orElseGet(() -> new SessionEvent.SessionFailure(String.valueOf(e.getMessage()), Blame.TARGET)));
        } catch (RuntimeException | LinkageError e) {
            e.printStackTrace(System.err);
            return SessionEvent.failure(HostFault.describe(e)
                    .map(fault -> new SessionEvent.SessionFailure(fault, Blame.HOST))
                    .orElseGet(() -> new SessionEvent.SessionFailure(String.valueOf(e), Blame.TOOL)));
        }
    }

    private static void print(PrintStream events, SessionEvent event) {
        try {
            events.println(SessionEvent.PREFIX + MeasuringJvm.JSON.writeValueAsString(event));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void watchParent(Cancellation cancellation) {
        Thread watcher = new Thread(
                () -> {
                    try {
                        while (System.in.read() >= 0) {
                            // Nothing is ever sent; only the end counts.
                        }
                    } catch (IOException e) {
                        // Treated as the end: the parent is not to be heard from again.
                    }
                    cancellation.request();
                },
                "parent-watcher");
        watcher.setDaemon(true);
        watcher.start();
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await(CLEANUP_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
