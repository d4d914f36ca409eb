package dev.bench.probe;

import dev.bench.result.PhaseName;
import dev.bench.target.Instance;
import dev.bench.target.LaunchException;
import dev.bench.target.LaunchRequest;
import dev.bench.target.PhaseRecorder;
import dev.bench.workload.Readiness;
import java.net.InetAddress;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Waits for one instance to become ready.
 *
 * <p>{@link #begin} starts a thread where the definition of ready is an answer on the network; it is begun with the
 * launch, because an engine may report a start later than the workload answers. {@link #await} also notices a workload
 * that has ended and the deadline.
 */
public final class ProbeSession implements AutoCloseable {
    private static final Duration EXIT_POLL = Duration.ofNanos(300_000);
    private static final Duration POLL = Duration.ofMillis(20);

    private final Readiness readiness;
    private final PhaseRecorder phases;
    private final @Nullable NetworkProber prober;
    private final @Nullable LineMatcher matcher;
    private final InetAddress address;
    private long deadline;

    ProbeSession(
            Readiness readiness, InetAddress address, PhaseRecorder phases, boolean announcesExec, boolean ownKernel) {
        this.readiness = readiness;
        this.address = address;
        this.phases = phases;
        Protocol protocol = Protocol.of(readiness, address);
        this.prober = protocol == null ? null : new NetworkProber(protocol, address, phases, announcesExec, ownKernel);
        this.matcher = readiness instanceof Readiness.Log log
                ? new LineMatcher(
                        Pattern.compile(log.pattern()), log.count(), nanos -> phases.mark(PhaseName.READY, nanos))
                : null;
    }

    /** Returns what must be given the workload's output as it arrives, or null where output does not matter. */
    public @Nullable Consumer<LaunchRequest.Output> outputListener() {
        return matcher;
    }

    /** Starts the deadline and, where there is something to ask on the network, the asking. */
    public void begin() {
        deadline = System.nanoTime() + readiness.timeout().toNanos();
        if (prober != null) {
            prober.start();
        }
    }

    /**
     * Waits until READY is marked.
     *
     * @throws LaunchException where the workload ends before ({@code exited}), the deadline passes ({@code timeout}) or
     *     the thread is interrupted ({@code interrupted})
     */
    public void await(Instance instance) throws LaunchException {
        boolean waitsForExit = readiness instanceof Readiness.Exit;
        try {
            while (!phases.await(waitsForExit ? EXIT_POLL : POLL, PhaseName.READY)) {
                Instance.Exit exit = instance.exit();
                if (exit != null && endsWith(exit)) {
                    return;
                }
                if (System.nanoTime() - deadline > 0) {
                    throw new LaunchException("timeout", timeoutMessage(), null);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LaunchException("interrupted", "the run was interrupted during this launch", e);
        }
    }

    /** Tells whether an ended workload is ready; throws where its end means that it never will be. */
    private boolean endsWith(Instance.Exit exit) throws LaunchException, InterruptedException {
        if (exit.reason() != null) {
            throw new LaunchException(
                    "engine", exit.reason() + ". Check workload.command and workload.user against the image", null);
        }
        if (readiness instanceof Readiness.Exit expected) {
            if (exit.status() == expected.status()) {
                phases.mark(PhaseName.READY, exit.nanos());
                return true;
            }
            throw new LaunchException(
                    "exited",
                    "the workload ended with status " + exit.status() + ", expected " + expected.status()
                            + ". Check workload.command and workload.ready.exit",
                    null);
        }
        // Its last words may still be on their way.
        if (phases.await(Duration.ofMillis(50), PhaseName.READY)) {
            return true;
        }
        throw new LaunchException(
                "exited",
                "the workload ended with status " + exit.status() + " before it was ready. Check workload.command",
                null);
    }

    private String timeoutMessage() {
        String within = " within " + readiness.timeout().toMillis() / 1000.0 + " s";
        if (prober != null) {
            return prober.describe() + " gave no correct answer on " + address.getHostAddress() + within
                    + "; last seen: " + prober.lastSeen() + ". Check workload.ready";
        }
        if (readiness instanceof Readiness.Log log) {
            int matched = matcher == null ? 0 : matcher.matched();
            return (matched == 0
                            ? "no line of output matched '" + log.pattern() + "'"
                            : matched + " of " + log.count() + " lines of output matched '" + log.pattern() + "'")
                    + within + ". Check workload.ready.log";
        }
        return "the workload did not end" + within + ". Check workload.command and workload.ready.timeout";
    }

    /** Ends the asking. */
    @Override
    public void close() {
        if (prober != null) {
            prober.stop();
        }
    }
}
