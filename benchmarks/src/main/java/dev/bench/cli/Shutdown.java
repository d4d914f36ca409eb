package dev.bench.cli;

import dev.bench.session.Cancellation;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Ends work in order when the process is asked to end. */
final class Shutdown {
    private static final int CLEANUP_SECONDS = 45;
    private static final int SAY_SECONDS = 5;

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
            for (int waited = 0; waited < CLEANUP_SECONDS && !ended.await(SAY_SECONDS, TimeUnit.SECONDS); ) {
                waited += SAY_SECONDS;
                console.say("still removing what was started, for " + waited + " s; what cannot be removed by "
                        + CLEANUP_SECONDS + " s `bench clean` removes");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
