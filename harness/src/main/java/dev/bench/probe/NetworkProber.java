package dev.bench.probe;

import dev.bench.host.ObserverThread;
import dev.bench.result.PhaseName;
import dev.bench.target.PhaseRecorder;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Asks an instance again and again, each time on a new short connection, until it answers correctly.
 *
 * <p>The moment of readiness is the one at which the first byte of the correct answer was read. A connection attempt is
 * given up after milliseconds: the kernel repeats a lost SYN only after a second, which would become the result. Once
 * connected, the answer is waited for patiently, because asking anew would only add load.
 */
final class NetworkProber {
    private static final long SHORTEST_INTERVAL_NANOS = 200_000;
    private static final long LONGEST_FIRST_INTERVAL_NANOS = 1_500_000;
    /** What a refused attempt takes where the other end is on this kernel, or not much slower. */
    private static final long CHEAP_ATTEMPT_NANOS = 100_000;
    /** Rest in proportion to what an attempt takes beyond that. */
    private static final int REST_FACTOR = 20;

    private static final long LATER_INTERVAL_NANOS = 2_000_000;
    private static final long LAST_INTERVAL_NANOS = 5_000_000;
    private static final long LATER_AFTER_NANOS = 1_000_000_000L;
    private static final long LAST_AFTER_NANOS = 10_000_000_000L;
    private static final int ANSWER_MILLIS = 2_000;
    private static final int LONGEST_ANSWER = 1 << 16;
    /** Whoever waits is woken by what it waits for, or by the end. */
    private static final Duration WAIT_STEP = Duration.ofSeconds(10);

    /** Of several launches under way each is asked after another such share of the time it has taken so far. */
    private static final int SHARE_OF_LAUNCH = 250;

    private static final long LONGEST_SHARED_INTERVAL_NANOS = 25_000_000;

    /** Launches under way in this process, which share the host's processors with those who ask. */
    private static final AtomicInteger UNDER_WAY = new AtomicInteger();

    private final Protocol protocol;
    private final InetSocketAddress address;
    private final PhaseRecorder phases;
    private final boolean announcesExec;
    private final boolean ownKernel;
    private @Nullable Thread thread;
    private volatile long launched;
    private volatile boolean stopped;
    private volatile String lastSeen = "nothing";

    NetworkProber(
            Protocol protocol, InetAddress address, PhaseRecorder phases, boolean announcesExec, boolean ownKernel) {
        this.protocol = protocol;
        this.address = new InetSocketAddress(address, protocol.port());
        this.phases = phases;
        this.announcesExec = announcesExec;
        this.ownKernel = ownKernel;
    }

    /** Begins to ask, as the launch begins. */
    void start() {
        launched = System.nanoTime();
        UNDER_WAY.incrementAndGet();
        thread = ObserverThread.start("prober", this::run);
    }

    void stop() {
        stopped = true;
        if (thread != null) {
            thread.interrupt();
        }
    }

    String lastSeen() {
        return lastSeen;
    }

    String describe() {
        return protocol.description();
    }

    private void run() {
        try {
            awaitWorkload();
            ask();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            UNDER_WAY.decrementAndGet();
        }
    }

    private void ask() {
        long begin = System.nanoTime();
        long cheapest = Long.MAX_VALUE;
        long asked = System.nanoTime();
        while (!stopped && !attempt(connectMillis())) {
            long now = System.nanoTime();
            cheapest = Math.min(cheapest, now - asked);
            long rest = interval(now - begin, cheapest, ownKernel);
            LockSupport.parkNanos(UNDER_WAY.get() > 1 ? sharedInterval(rest, now - launched) : rest);
            asked = System.nanoTime();
        }
    }

    /**
     * A process or a container is refused by this very kernel, on a CPU the workload does not need. A guest must refuse
     * by itself: an emulated one that was asked every half millisecond came up a sixth later than one asked every five.
     */
    static long interval(long since, long cheapest, boolean ownKernel) {
        if (since >= LAST_AFTER_NANOS) {
            return LAST_INTERVAL_NANOS;
        }
        long guestRest = Math.min(REST_FACTOR * (cheapest - CHEAP_ATTEMPT_NANOS), LONGEST_FIRST_INTERVAL_NANOS);
        long rest = Math.max(SHORTEST_INTERVAL_NANOS, ownKernel ? guestRest : 0);
        return since < LATER_AFTER_NANOS ? rest : Math.max(rest, LATER_INTERVAL_NANOS);
    }

    /**
     * Several launches under way wait for processors, and every attempt is one more to wait for: eight containers on two
     * processors were slower by two in a hundred when each was asked as often as a single one. Each moment of readiness
     * is still known to 0.4 % of what it took.
     *
     * @param rest the interval where there is one launch only
     * @param taken how long this launch has taken so far
     */
    static long sharedInterval(long rest, long taken) {
        return Math.max(rest, Math.min(taken / SHARE_OF_LAUNCH, LONGEST_SHARED_INTERVAL_NANOS));
    }

    /** Nothing can answer before its program runs, and asking earlier would take time from the start itself. */
    private void awaitWorkload() throws InterruptedException {
        boolean reached = false;
        while (!stopped && !reached) {
            reached = announcesExec
                    ? phases.await(WAIT_STEP, PhaseName.EXEC)
                    : phases.await(WAIT_STEP, PhaseName.EXEC, PhaseName.STARTED);
        }
    }

    /** A SYN to a fresh interface may be lost, and TCP would wait a second; a guest may be slow to answer as well. */
    private int connectMillis() {
        return ownKernel ? 50 : 5;
    }

    private boolean attempt(int connectMillis) {
        try (SocketChannel channel = SocketChannel.open()) {
            if (!connect(channel, connectMillis)) {
                lastSeen = "no answer";
                return false;
            }
            Socket socket = channel.socket();
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(ANSWER_MILLIS);
            channel.write(ByteBuffer.wrap(protocol.question()));
            return converse(socket.getInputStream());
        } catch (SocketTimeoutException e) {
            lastSeen = "no answer";
        } catch (IOException e) {
            lastSeen = String.valueOf(e.getMessage());
        }
        return false;
    }

    /**
     * Connects within a time. Where the other end is on this kernel it has refused or accepted before the call returns,
     * which is half as much work as to wait for it by a deadline.
     */
    private boolean connect(SocketChannel channel, int connectMillis) throws IOException {
        channel.configureBlocking(false);
        if (!channel.connect(address) && !channel.finishConnect()) {
            try (Selector selector = Selector.open()) {
                channel.register(selector, SelectionKey.OP_CONNECT);
                if (selector.select(connectMillis) == 0 || !channel.finishConnect()) {
                    return false;
                }
            }
        }
        channel.configureBlocking(true);
        return true;
    }

    private boolean converse(InputStream input) throws IOException {
        byte[] buffer = new byte[LONGEST_ANSWER];
        int length = input.read(buffer);
        long firstByte = System.nanoTime();
        if (length < 0) {
            lastSeen = "closed without an answer";
            return false;
        }
        boolean ended = false;
        while (true) {
            String answer = new String(buffer, 0, length, StandardCharsets.ISO_8859_1);
            switch (protocol.judge().judge(answer, ended || length == buffer.length)) {
                case READY -> {
                    phases.mark(PhaseName.READY, firstByte);
                    return true;
                }
                case WRONG -> {
                    lastSeen = "the answer '" + excerpt(answer) + "'";
                    return false;
                }
                case MORE -> {
                    int count = input.read(buffer, length, buffer.length - length);
                    ended = count < 0;
                    length += Math.max(0, count);
                }
            }
        }
    }

    private static String excerpt(String answer) {
        String line = answer.lines().findFirst().orElse("").replaceAll("[^\\x20-\\x7e]", "?");
        return line.length() <= 80 ? line : line.substring(0, 80) + "...";
    }
}
