package dev.bench.probe;

import dev.bench.result.PhaseName;
import dev.bench.target.PhaseRecorder;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * Asks an instance again and again, each time on a new short connection, until it answers correctly.
 *
 * <p>The moment of readiness is the one at which the first byte of the correct answer was read. A connection attempt is
 * given up after milliseconds: the kernel repeats a lost SYN only after a second, which would become the result. Once
 * connected, the answer is waited for patiently, because asking anew would only add load.
 */
final class NetworkProber {
    private static final long FIRST_INTERVAL_NANOS = 500_000;
    private static final long LATER_INTERVAL_NANOS = 2_000_000;
    private static final long LAST_INTERVAL_NANOS = 5_000_000;
    private static final long LATER_AFTER_NANOS = 1_000_000_000L;
    private static final long LAST_AFTER_NANOS = 10_000_000_000L;
    private static final int ANSWER_MILLIS = 2_000;
    private static final int LONGEST_ANSWER = 1 << 16;
    private static final Duration WAIT_STEP = Duration.ofMillis(100);

    private final Protocol protocol;
    private final InetSocketAddress address;
    private final PhaseRecorder phases;
    private final boolean announcesExec;
    private volatile boolean stopped;
    private volatile String lastSeen = "nothing";

    NetworkProber(Protocol protocol, InetAddress address, PhaseRecorder phases, boolean announcesExec) {
        this.protocol = protocol;
        this.address = new InetSocketAddress(address, protocol.port());
        this.phases = phases;
        this.announcesExec = announcesExec;
    }

    void start() {
        Thread thread = new Thread(this::run, "prober");
        thread.setDaemon(true);
        thread.start();
    }

    void stop() {
        stopped = true;
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
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        long begin = System.nanoTime();
        while (!stopped && !attempt(connectMillis())) {
            long since = System.nanoTime() - begin;
            LockSupport.parkNanos(
                    since < LATER_AFTER_NANOS
                            ? FIRST_INTERVAL_NANOS
                            : since < LAST_AFTER_NANOS ? LATER_INTERVAL_NANOS : LAST_INTERVAL_NANOS);
        }
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

    /**
     * Where the workload is known to run, its interface is up and a SYN is not lost, only slow under load; elsewhere a
     * lost SYN is the common case.
     */
    private int connectMillis() {
        return announcesExec ? 250 : 5;
    }

    private boolean attempt(int connectMillis) {
        try (Socket socket = new Socket()) {
            socket.setTcpNoDelay(true);
            socket.connect(address, connectMillis);
            socket.setSoTimeout(ANSWER_MILLIS);
            socket.getOutputStream().write(protocol.question());
            return converse(socket.getInputStream());
        } catch (SocketTimeoutException e) {
            lastSeen = "no answer";
        } catch (IOException e) {
            lastSeen = String.valueOf(e.getMessage());
        }
        return false;
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
