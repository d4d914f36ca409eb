package dev.bench.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.HdrHistogram.Histogram;

/**
 * Runs one thread of the generator: its share of the connections and of the requests.
 *
 * <p>In the open loop request k begins at begin + k / rate, whatever became of the ones before; where every connection of
 * its server is busy it waits, and its waiting counts. Latencies are kept of the requests that were to begin within the
 * window, answers are counted that came within it.
 */
final class EventLoop implements AutoCloseable {
    private static final int BUFFER = 1 << 16;
    private static final long MILLISECOND = 1_000_000;
    /** The selector counts in milliseconds; what is left of a shorter wait is slept in slices, with a look between. */
    private static final long SLICE_NANOS = 50_000;

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final long RETRY_NANOS = 5 * MILLISECOND;
    private static final long DRAIN_NANOS = 1_000 * MILLISECOND;

    private final Load load;
    private final int number;
    private final int loops;
    private final BooleanSupplier stopped;
    private final Selector selector;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);
    private final byte[] bytes = new byte[BUFFER];
    private final List<Connection> connections = new ArrayList<>();
    private final List<Connection> broken = new ArrayList<>();
    private final List<ArrayDeque<Connection>> idle = new ArrayList<>();
    private final List<Queue<Long>> waiting = new ArrayList<>();
    private final Tally tally = new Tally();
    private long from;
    private long to;
    private long arrivals;
    private long nextRetry;

    /** Holds what a loop has counted. Latencies are in nanoseconds. */
    static final class Tally {
        final Histogram response = Histograms.create();
        final Histogram service = Histograms.create();
        final Histogram lag = Histograms.create();
        long offered;
        long answered;
        long failed;
        long unanswered;
        long busyNanos;
        long windowNanos;
    }

    /** Opens the connections of one of several loops; closed again where one cannot be had. */
    EventLoop(Load load, int number, int loops, BooleanSupplier stopped) throws IOException {
        this.load = load;
        this.number = number;
        this.loops = loops;
        this.stopped = stopped;
        this.selector = Selector.open();
        try {
            connect();
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    private void connect() throws IOException {
        int servers = load.servers().size();
        for (int server = 0; server < servers; server++) {
            idle.add(new ArrayDeque<>());
            waiting.add(new ArrayDeque<>());
        }
        int all = Math.max(load.connections(), servers * loops);
        for (int i = 0; i < all; i++) {
            int server = i % servers;
            if (i / servers % loops == number) {
                InetSocketAddress address = load.servers().get(server);
                connections.add(new Connection(selector, address, server, request(address)));
            }
        }
        long deadline = System.nanoTime() + CONNECT_TIMEOUT.toNanos();
        while (!connections.stream().allMatch(Connection::connected)) {
            if (System.nanoTime() - deadline > 0) {
                throw new IOException("no connection within " + CONNECT_TIMEOUT.toSeconds() + " s");
            }
            selector.select(100);
            for (Iterator<SelectionKey> keys = selector.selectedKeys().iterator(); keys.hasNext(); keys.remove()) {
                ((Connection) keys.next().attachment()).finishConnect();
            }
        }
    }

    private ByteBuffer request(InetSocketAddress address) {
        byte[] text = ("GET " + load.path() + " HTTP/1.1\r\nHost: "
                        + load.host().apply(address.getAddress()) + "\r\n\r\n")
                .getBytes(StandardCharsets.ISO_8859_1);
        return ByteBuffer.allocateDirect(text.length).put(text).flip();
    }

    /**
     * Applies the load.
     *
     * @param begin the moment the first request is to begin, the same for all loops
     */
    Tally run(long begin) throws IOException {
        ThreadClock.sharpenTimers();
        from = begin + load.warmup().toNanos();
        to = from + load.duration().toNanos();
        long busy = 0;
        boolean inWindow = false;
        for (Connection connection : connections) {
            if (load.open()) {
                idle.get(connection.server()).add(connection);
            } else {
                ask(connection, System.nanoTime());
            }
        }
        long now = System.nanoTime();
        while (now - to < 0 && !stopped.getAsBoolean()) {
            if (!inWindow && now - from >= 0) {
                inWindow = true;
                busy = ThreadClock.busyNanos();
            }
            turn(begin, now);
            now = System.nanoTime();
        }
        tally.busyNanos = ThreadClock.busyNanos() - busy;
        tally.windowNanos = now - from;
        if (load.open()) {
            drain();
        }
        return tally;
    }

    private void turn(long begin, long now) throws IOException {
        long next = to;
        if (load.open()) {
            next = intendedTime(begin, arrivals);
            while (next - now <= 0 && next - to < 0) {
                arrive(next, now);
                arrivals++;
                next = intendedTime(begin, arrivals);
            }
        }
        retry(now);
        await(Math.min(next, to) - now);
    }

    private long intendedTime(long begin, long arrival) {
        return begin + Math.round((arrival * (double) loops + number) * 1e9 / load.ratePerSecond());
    }

    private void arrive(long intended, long now) throws IOException {
        if (inWindow(intended)) {
            tally.offered++;
            tally.lag.recordValue(Math.max(0, now - intended));
        }
        int server = (int) (arrivals % idle.size());
        Connection free = idle.get(server).poll();
        if (free == null) {
            waiting.get(server).add(intended);
        } else {
            ask(free, intended);
        }
    }

    private boolean inWindow(long nanos) {
        return nanos - from >= 0 && nanos - to < 0;
    }

    private void ask(Connection connection, long intended) {
        try {
            connection.ask(intended);
        } catch (IOException e) {
            lost(connection);
        }
    }

    /** Waits for answers, at most until the next request is to begin. */
    private void await(long nanos) throws IOException {
        if (nanos >= MILLISECOND) {
            selector.select(this::ready, Math.min(nanos / MILLISECOND, 100));
        } else if (selector.selectNow(this::ready) == 0 && nanos > 0) {
            LockSupport.parkNanos(Math.min(nanos, SLICE_NANOS));
        }
    }

    private void ready(SelectionKey key) {
        Connection connection = (Connection) key.attachment();
        try {
            if (key.isConnectable()) {
                connection.finishConnect();
                return;
            }
            if (key.isWritable()) {
                connection.write();
            }
            if (key.isReadable()) {
                read(connection);
            }
        } catch (IOException e) {
            lost(connection);
        }
    }

    private void read(Connection connection) throws IOException {
        switch (connection.read(buffer, bytes)) {
            case PARTIAL -> {
                // The selector tells of the rest.
            }
            case COMPLETE -> answered(connection, System.nanoTime());
            case CLOSED -> connection.reconnect();
            case BROKEN -> lost(connection);
        }
    }

    private void answered(Connection connection, long now) throws IOException {
        boolean right = connection.status() == load.status();
        if (inWindow(connection.intended())) {
            if (right) {
                tally.response.recordValue(Math.max(1, now - connection.intended()));
                tally.service.recordValue(Math.max(1, now - connection.sent()));
            } else {
                tally.failed++;
            }
        }
        if (right && inWindow(now)) {
            tally.answered++;
        }
        if (connection.closesAfterAnswer()) {
            connection.reconnect();
        }
        next(connection, now);
    }

    private void next(Connection connection, long now) {
        if (!load.open()) {
            ask(connection, now);
            return;
        }
        Long intended = waiting.get(connection.server()).poll();
        if (intended == null) {
            idle.get(connection.server()).addFirst(connection);
        } else {
            ask(connection, intended);
        }
    }

    /** Counts a request whose connection broke; the connection is tried again a little later. */
    private void lost(Connection connection) {
        boolean asked = connection.busy();
        if (asked && inWindow(connection.intended())) {
            tally.failed++;
        }
        connection.abandon();
        broken.add(connection);
        if (asked && load.open()) {
            // Behind those that work: what takes it before it is back waits for it.
            idle.get(connection.server()).addLast(connection);
        }
    }

    private void retry(long now) {
        if (broken.isEmpty() || now - nextRetry < 0) {
            return;
        }
        nextRetry = now + RETRY_NANOS;
        List<Connection> again = List.copyOf(broken);
        broken.clear();
        for (Connection connection : again) {
            try {
                connection.reconnect();
                if (!load.open()) {
                    ask(connection, now);
                }
            } catch (IOException e) {
                broken.add(connection);
            }
        }
    }

    /** Waits for the answers that are due, for a while; those that do not come have taken at least until then. */
    private void drain() throws IOException {
        long deadline = to + DRAIN_NANOS;
        long now = System.nanoTime();
        while (now - deadline < 0 && outstanding() && !stopped.getAsBoolean()) {
            retry(now);
            await(Math.min(deadline - now, MILLISECOND));
            now = System.nanoTime();
        }
        for (Connection connection : connections) {
            if (connection.busy() && inWindow(connection.intended())) {
                unanswered(connection.intended(), now);
                tally.service.recordValue(Math.max(1, now - connection.sent()));
            }
        }
        for (Queue<Long> queue : waiting) {
            for (long intended : queue) {
                if (inWindow(intended)) {
                    unanswered(intended, now);
                }
            }
        }
    }

    private void unanswered(long intended, long now) {
        tally.unanswered++;
        tally.response.recordValue(Math.max(1, now - intended));
    }

    private boolean outstanding() {
        return connections.stream().anyMatch(Connection::busy)
                || waiting.stream().anyMatch(queue -> !queue.isEmpty());
    }

    @Override
    public void close() {
        connections.forEach(Connection::close);
        try {
            selector.close();
        } catch (IOException e) {
            // Only file descriptors of this process.
        }
    }
}
