package dev.bench.libvirt;

import dev.bench.guest.GuestProgram;
import dev.bench.host.ProcessMemory;
import dev.bench.program.FailedStep;
import dev.bench.result.FailureKind;
import dev.bench.result.PhaseName;
import dev.bench.target.Instance.Exit;
import dev.bench.target.LaunchException;
import dev.bench.target.PhaseRecorder;
import dev.bench.workload.Signals;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Speaks with the guest's init over a serial port of its own: hears how far a start has come and how the workload ended,
 * asks for a stop and for what memory is used inside.
 */
final class ControlPort implements AutoCloseable {
    /** What a machine that went away without a word counts as having ended with. */
    private static final int GONE = 255;

    private static final Duration INSIDE_TIMEOUT = Duration.ofMinutes(1);
    private static final long POLL_NANOS = 5_000_000;

    private final SerialPort port;
    private final PhaseRecorder phases;
    private final StringBuilder text = new StringBuilder();
    private final StringBuilder line = new StringBuilder();
    private final CompletableFuture<Exit> end = new CompletableFuture<>();
    private volatile @Nullable Follower follower;

    /** Hears what init tells, in the port's own thread. */
    interface Follower {
        /** Says that a line is complete, at {@link System#nanoTime}. */
        void told(long nanos, String line);

        /** Says that the guest is gone. */
        void gone(Exit exit);
    }

    /** Listens at this path, and marks what the guest tells of in these phases. */
    ControlPort(Path path, PhaseRecorder phases) throws IOException {
        this.phases = phases;
        this.port = SerialPort.listen(path, new SerialPort.Listener() {
            @Override
            public void received(long nanos, byte[] bytes) {
                hear(nanos, bytes);
            }

            @Override
            public void ended() {
                Exit exit = endOf(GONE, System.nanoTime());
                end.complete(exit);
                Follower hearing = follower;
                if (hearing != null) {
                    hearing.gone(exit);
                }
            }
        });
    }

    /** Lets somebody hear every line from now on. */
    void follow(Follower hearing) {
        follower = hearing;
    }

    Path path() {
        return port.path();
    }

    private void hear(long nanos, byte[] bytes) {
        String heard;
        String piece = new String(bytes, StandardCharsets.ISO_8859_1).replace("\r", "");
        synchronized (text) {
            text.append(piece);
            heard = text.toString();
        }
        Follower hearing = follower;
        if (hearing != null) {
            line.append(piece);
            for (int feed = line.indexOf("\n"); feed >= 0; feed = line.indexOf("\n")) {
                hearing.told(nanos, line.substring(0, feed));
                line.delete(0, feed + 1);
            }
        }
        if (hasLine(heard, GuestProgram.INIT_MARK)) {
            phases.mark(PhaseName.INIT, nanos);
        }
        if (hasLine(heard, GuestProgram.USERSPACE_MARK)) {
            phases.mark(PhaseName.USERSPACE, nanos);
        }
        if (hasLine(heard, GuestProgram.EXEC_MARK)) {
            phases.mark(PhaseName.EXEC, nanos);
        }
        int mark = heard.indexOf("\n" + GuestProgram.EXIT_MARK + "\n");
        int digits = mark + GuestProgram.EXIT_MARK.length() + 2;
        if (mark >= 0 && heard.length() >= digits + 8) {
            int status = Integer.parseUnsignedInt(heard.substring(digits, digits + 8), 16);
            end.complete(endOf(Signals.exitStatus(status), nanos));
        }
    }

    private static boolean hasLine(String heard, String line) {
        return heard.startsWith(line + "\n") || heard.contains("\n" + line + "\n");
    }

    private Exit endOf(int status, long nanos) {
        String failure = failure();
        return failure.isEmpty() ? new Exit(status, nanos) : new Exit(status, nanos, failure);
    }

    /** Returns the workload's end, or null before it. */
    @Nullable
    Exit end() {
        return end.getNow(null);
    }

    /** Waits for the workload's end and returns it, or null where the time passes. */
    @Nullable
    Exit await(Duration timeout) {
        try {
            return end.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        } catch (ExecutionException | TimeoutException e) {
            return null;
        }
    }

    /** Returns which step of init failed, in words; empty where none did. */
    String failure() {
        return FailedStep.find(told())
                .map(step -> "the guest could not " + step.describe())
                .orElse("");
    }

    /** Returns what stood between the manifest marks; empty where there were none. */
    String manifest() {
        String[] parts = told().split(GuestProgram.MANIFEST_MARK + "\n", -1);
        return parts.length > 1 ? parts[1] : "";
    }

    /** Asks init to stop the workload. */
    void stop(String signal) throws LaunchException {
        try {
            port.write(GuestProgram.STOP_COMMAND.getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            if (!end.isDone()) {
                throw new LaunchException(FailureKind.ENGINE, "cannot send " + signal + ": " + e.getMessage(), e);
            }
        }
    }

    /** Says something to init for one of its services. */
    void command(char command, char letter) throws LaunchException {
        try {
            port.write(("" + command + letter + "\n").getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            if (!end.isDone()) {
                throw new LaunchException(FailureKind.ENGINE, "cannot speak to the guest: " + e.getMessage(), e);
            }
        }
    }

    /** Asks init for the guest's memory and returns it, in bytes by the kernel's names. */
    Map<String, Long> insideBytes() throws LaunchException {
        return ProcessMemory.sizes(ask(GuestProgram.MEMORY_COMMAND, GuestProgram.MEMORY_MARK, "its memory")
                .lines()
                .toList());
    }

    /** Asks init whether the disk has the file that an earlier machine may have left. */
    boolean holdsTrace() throws LaunchException {
        String opened = ask(GuestProgram.TRACE_COMMAND, GuestProgram.TRACE_MARK, "its disk")
                .strip();
        return Integer.parseUnsignedInt(opened, 16) >= 0;
    }

    /** Sends a command and returns what stands between the marks of its answer. */
    private String ask(String command, String mark, String what) throws LaunchException {
        int before = told().length();
        try {
            port.write(command.getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new LaunchException(
                    FailureKind.ENGINE, "cannot ask the guest for " + what + ": " + e.getMessage(), e);
        }
        long deadline = System.nanoTime() + INSIDE_TIMEOUT.toNanos();
        while (System.nanoTime() < deadline && !end.isDone()) {
            String[] parts = told().substring(before).split(mark + "\n", -1);
            if (parts.length > 2) {
                return parts[1];
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
        throw new LaunchException(
                FailureKind.TIMEOUT,
                "the guest did not tell of " + what + " within " + INSIDE_TIMEOUT.toSeconds() + " s",
                null);
    }

    /** Returns whether a line was told. */
    boolean heard(String mark) {
        return hasLine(told(), mark);
    }

    /** Returns all that init has told. */
    String told() {
        synchronized (text) {
            return text.toString();
        }
    }

    @Override
    public void close() {
        port.close();
    }
}
