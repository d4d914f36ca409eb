package dev.bench.cli;

import dev.bench.engine.Cancellation;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Ends work in order when the process is asked to end. */
final class Shutdown {
    private static final int CLEANUP_SECONDS = 45;

    private Shutdown() {}

    /**
     * On SIGINT or SIGTERM asks the work to end, and holds the JVM until it has removed everything.
     *
     * @param ended reaches zero when the work has ended
     * @param message what to say then
     */
    static void onSignal(Console console, Cancellation cancellation, CountDownLatch ended, String message) {
        Runtime.getRuntime()
                .addShutdownHook(new Thread(() -> stop(console, cancellation, ended, message), "bench-shutdown"));
    }

    private static void stop(Console console, Cancellation cancellation, CountDownLatch ended, String message) {
        if (ended.getCount() == 0) {
            return;
        }
        console.say(message);
        cancellation.request();
        try {
            ended.await(CLEANUP_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
