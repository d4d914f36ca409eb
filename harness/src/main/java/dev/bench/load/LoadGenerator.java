package dev.bench.load;

import dev.bench.result.Quantile;
import dev.bench.result.ResultStore;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * Applies loads, one at a time, and keeps their histograms in a file of the result.
 *
 * <p>The generator tells when it was the bottleneck itself. A thread that never waits for anything but a processor cannot
 * have asked more: from {@link #BUSY} of the window on, its result says how fast the client is. In the open loop a
 * latency of which a good part is the client's own delay says as little of the servers.
 *
 * <p>Used by one thread, except {@link #stop}.
 */
public final class LoadGenerator implements AutoCloseable {
    /** The file that measures keep a load's histograms in. */
    public static final String HISTOGRAMS = "latency.hlog";

    /** Share of the window from which on a thread counts as never idle. */
    static final double BUSY = 0.9;

    /** Share of the 99th percentile that may be the client's own delay, and what it may be anyhow. */
    private static final double LAG_SHARE = 0.25;

    private static final double LAG_MILLIS = 2;
    private static final double LAG_PERCENTILE = 99;
    private static final Duration LEAD = Duration.ofMillis(5);

    /** One thread asks some tens of thousands of requests a second; more of them need cores of their own. */
    private static final int PROCESSORS_PER_LOOP = 4;

    private static final int MOST_LOOPS = 8;

    private final String file;
    private final ResultStore store;
    private final int loops;
    private final Affinity affinity;
    private final ExecutorService threads;
    private volatile boolean stopped;

    /**
     * Creates a generator for this host.
     *
     * @param store where the histograms are kept
     * @param file name of their file
     */
    public LoadGenerator(ResultStore store, String file) {
        this.store = store;
        this.file = file;
        this.loops = loops(Runtime.getRuntime().availableProcessors());
        this.affinity = Affinity.of(Runtime.getRuntime().availableProcessors(), loops);
        this.threads = Executors.newFixedThreadPool(loops, work -> {
            Thread thread = new Thread(work, "load");
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * Returns the processors that are left to the instances while a generator works on this host, as a list that the
     * kernel understands; empty where there are too few to set some apart.
     */
    public static String processorsOfInstances() {
        int processors = Runtime.getRuntime().availableProcessors();
        return Affinity.of(processors, loops(processors)).others();
    }

    /** Returns the number of threads for a host with so many processors. */
    static int loops(int processors) {
        return Math.max(1, Math.min(MOST_LOOPS, processors / PROCESSORS_PER_LOOP));
    }

    /**
     * Applies a load to its end.
     *
     * @param tag what its histograms are called in the file; {@code .response} and {@code .service} are added
     * @throws IOException where a server cannot be connected to at the start
     * @throws InterruptedException where the thread is interrupted; the load ends then
     */
    public LoadOutcome run(Load load, String tag) throws IOException, InterruptedException {
        Instant wall = Instant.now();
        List<EventLoop> opened = new ArrayList<>();
        try {
            for (int number = 0; number < loops; number++) {
                opened.add(new EventLoop(load, number, loops, () -> stopped));
            }
            long begin = System.nanoTime() + LEAD.toNanos();
            List<Future<EventLoop.Tally>> running = new ArrayList<>();
            for (EventLoop loop : opened) {
                running.add(threads.submit(() -> {
                    affinity.pinCurrentThread();
                    return loop.run(begin);
                }));
            }
            EventLoop.Tally total = new EventLoop.Tally();
            for (Future<EventLoop.Tally> part : running) {
                add(total, await(part));
            }
            Instant from = wall.plus(load.warmup());
            keep(total.response, tag + ".response", from, from.plus(load.duration()));
            keep(total.service, tag + ".service", from, from.plus(load.duration()));
            return outcome(load, total);
        } finally {
            opened.forEach(EventLoop::close);
        }
    }

    private EventLoop.Tally await(Future<EventLoop.Tally> part) throws IOException, InterruptedException {
        try {
            return part.get();
        } catch (ExecutionException e) {
            throw new IOException("the load generator failed: " + e.getCause(), e);
        } catch (InterruptedException e) {
            stopped = true;
            throw e;
        }
    }

    private static void add(EventLoop.Tally total, EventLoop.Tally part) {
        total.response.add(part.response);
        total.service.add(part.service);
        total.lag.add(part.lag);
        total.offered += part.offered;
        total.answered += part.answered;
        total.failed += part.failed;
        total.unanswered += part.unanswered;
        total.busyNanos += part.busyNanos;
        total.windowNanos += part.windowNanos;
    }

    private void keep(Histogram histogram, String tag, Instant from, Instant to) {
        store.append(file, Histograms.log(histogram, tag, from, to, store.isAbsent(file)));
    }

    private static LoadOutcome outcome(Load load, EventLoop.Tally total) {
        double seconds = load.duration().toNanos() / 1e9;
        double answered = total.answered / seconds;
        double busy = total.windowNanos == 0 ? 0 : total.busyNanos / (double) total.windowNanos;
        double lag = total.lag.getTotalCount() == 0 ? 0 : total.lag.getValueAtPercentile(LAG_PERCENTILE) / 1e6;
        List<Quantile> response = Histograms.quantiles(total.response);
        double tail =
                total.response.getTotalCount() == 0 ? 0 : total.response.getValueAtPercentile(LAG_PERCENTILE) / 1e6;
        return new LoadOutcome(
                load.open() ? total.offered / seconds : answered,
                answered,
                total.answered,
                total.failed,
                total.unanswered,
                response,
                Histograms.quantiles(total.service),
                lag,
                busy,
                isClientBound(busy, lag, tail));
    }

    /** Judges whether the client was the bottleneck. */
    static boolean isClientBound(double busy, double lagMillis, double tailMillis) {
        return busy >= BUSY || lagMillis > Math.max(LAG_MILLIS, LAG_SHARE * tailMillis);
    }

    /** Ends a load that runs, and every later one at once. From any thread. */
    public void stop() {
        stopped = true;
    }

    /** Ends the threads. */
    @Override
    public void close() {
        stopped = true;
        threads.shutdown();
        try {
            if (!threads.awaitTermination(5, TimeUnit.SECONDS)) {
                threads.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
