package dev.bench.docker;

import com.github.dockerjava.transport.DockerHttpClient;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Fails a request whose answer does not begin within a time, and every later one at once; what follows the beginning may
 * take as long as it does, such as output. Safe for use by several threads.
 *
 * <p>The transport's own response timeout does nothing on Unix sockets. An interrupt does end a wait there, so a timer
 * interrupts the thread that waits, which costs the request a few microseconds.
 */
final class AnsweringHttpClient implements DockerHttpClient {
    private static final ScheduledThreadPoolExecutor TIMER = timer();

    private final DockerHttpClient transport;
    private final Duration answer;
    private volatile boolean silent;

    AnsweringHttpClient(DockerHttpClient transport, Duration answer) {
        this.transport = transport;
        this.answer = answer;
    }

    private static ScheduledThreadPoolExecutor timer() {
        ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, work -> {
            Thread thread = new Thread(work, "engine-answers");
            thread.setDaemon(true);
            return thread;
        });
        timer.setRemoveOnCancelPolicy(true);
        return timer;
    }

    @Override
    public Response execute(Request request) {
        if (silent) {
            throw new IllegalStateException(message());
        }
        Wait wait = new Wait(Thread.currentThread());
        ScheduledFuture<?> end = TIMER.schedule(wait::expire, answer.toNanos(), TimeUnit.NANOSECONDS);
        try {
            return transport.execute(request);
        } catch (RuntimeException e) {
            if (!wait.over()) {
                throw e;
            }
            silent = true;
            throw new IllegalStateException(message(), e);
        } finally {
            end.cancel(false);
            if (wait.over()) {
                // The interrupt was the timer's, and has done its work.
                Thread.interrupted();
            }
        }
    }

    private String message() {
        return "the engine gave no answer within " + answer.toSeconds() + " s";
    }

    @Override
    public void close() throws IOException {
        transport.close();
    }

    /** Waits once for an answer, which ends by itself or expires, but not both. */
    private static final class Wait {
        private final Thread thread;
        private boolean expired;
        private boolean over;

        Wait(Thread thread) {
            this.thread = thread;
        }

        synchronized void expire() {
            if (!over) {
                expired = true;
                thread.interrupt();
            }
        }

        /** Ends the wait, and tells whether it had expired before. */
        synchronized boolean over() {
            over = true;
            return expired;
        }
    }
}
