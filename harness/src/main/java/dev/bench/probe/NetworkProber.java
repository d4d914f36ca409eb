package dev.bench.probe;

import dev.bench.host.ObserverThread;
import dev.bench.result.PhaseName;
import dev.bench.target.PhaseRecorder;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Asks an instance again and again, each time on a new short connection, until it answers correctly.
 *
 * <p>The moment of readiness is the one at which the first byte of the correct answer was read. A connection attempt is
 * given up after milliseconds: the kernel repeats a lost SYN only after a second, which would become the result.
 *
 * <p>A request that was taken is waited for until the session ends, however slow its answer is: to drop it and to ask anew
 * would ask for ever. A server may also have lost a request that came while it was starting, so another one is asked beside
 * it after {@value #FIRST_PATIENCE_SECONDS} seconds, and the next after twice as long again: a timeout of a minute sees
 * five. The first correct answer of any of them counts.
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
    private static final int FIRST_PATIENCE_SECONDS = 2;
    /** How long a request that waits beside others is read before it is looked whether the asking has ended. */
    private static final long PENDING_STEP_NANOS = 1_000_000_000L;

    private static final int PAUSED_CONNECT_MILLIS = 500;
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
    private final PhaseName[] asked;
    private final boolean ownKernel;
    private final List<Conversation> pending = new CopyOnWriteArrayList<>();
    private @Nullable Thread thread;
    private long patienceNanos = FIRST_PATIENCE_SECONDS * 1_000_000_000L;
    private volatile long launched;
    private volatile boolean stopped;
    private volatile String lastSeen = "nothing";

    NetworkProber(Protocol protocol, Watched instance) {
        this.protocol = protocol;
        this.address = new InetSocketAddress(instance.address(), protocol.port());
        this.phases = instance.phases();
        this.asked = instance.asked().toArray(new PhaseName[0]);
        this.ownKernel = instance.ownKernel();
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
        pending.forEach(Conversation::close);
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
        while (!stopped
                && !attempt(connectMillis())
                && phases.at(PhaseName.READY).isEmpty()) {
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
            reached = phases.await(WAIT_STEP, asked);
        }
    }

    /**
     * A SYN to a fresh interface may be lost, and TCP would wait a second; a guest may be slow to answer as well. One to a
     * guest that is paused waits for it, and to give it up would only give the guest more to answer.
     */
    private int connectMillis() {
        if (!ownKernel) {
            return 5;
        }
        return isAskedFrom(PhaseName.REQUEST) ? PAUSED_CONNECT_MILLIS : 50;
    }

    private boolean isAskedFrom(PhaseName first) {
        return Arrays.asList(asked).contains(first);
    }

    private boolean attempt(int connectMillis) {
        try {
            Conversation conversation = open(connectMillis);
            if (conversation == null) {
                lastSeen = "no answer";
                return false;
            }
            return hear(conversation);
        } catch (IOException e) {
            lastSeen = String.valueOf(e.getMessage());
            return false;
        }
    }

    /** Connects and asks; returns null where there was no connection in time. */
    private @Nullable Conversation open(int connectMillis) throws IOException {
        SocketChannel channel = SocketChannel.open();
        boolean asked = false;
        try {
            if (connect(channel, connectMillis)) {
                channel.socket().setTcpNoDelay(true);
                channel.write(ByteBuffer.wrap(protocol.question()));
                asked = true;
                return new Conversation(channel, protocol.answer().get());
            }
            return null;
        } finally {
            if (!asked) {
                channel.close();
            }
        }
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

    /** Waits for an answer as long as is worth it; beyond that it is waited for beside the next request. */
    private boolean hear(Conversation conversation) throws IOException {
        boolean waits = false;
        try {
            Answer.Reading reading = conversation.read(System.nanoTime() + patienceNanos);
            waits = reading == Answer.Reading.MORE;
            if (waits) {
                lastSeen = conversation.seen();
                patienceNanos *= 2;
                pending.add(conversation);
                ObserverThread.start("prober-pending", () -> await(conversation));
            }
            return !waits && isReady(conversation, reading);
        } finally {
            if (!waits) {
                conversation.close();
            }
        }
    }

    private void await(Conversation conversation) {
        try (conversation) {
            Answer.Reading reading = Answer.Reading.MORE;
            while (!stopped && reading == Answer.Reading.MORE) {
                reading = conversation.read(System.nanoTime() + PENDING_STEP_NANOS);
            }
            if (!stopped) {
                isReady(conversation, reading);
            }
        } catch (IOException e) {
            lastSeen = String.valueOf(e.getMessage());
        }
    }

    private boolean isReady(Conversation conversation, Answer.Reading reading) {
        if (reading == Answer.Reading.READY) {
            phases.mark(PhaseName.READY, conversation.firstByteNanos());
            return true;
        }
        lastSeen = conversation.seen();
        return false;
    }
}
