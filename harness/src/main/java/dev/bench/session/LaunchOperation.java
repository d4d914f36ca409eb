package dev.bench.session;

import dev.bench.probe.ProbeSession;
import dev.bench.probe.ReadinessProbe;
import dev.bench.probe.SecondAnswer;
import dev.bench.probe.Watched;
import dev.bench.result.Failure;
import dev.bench.result.FailureKind;
import dev.bench.result.Phase;
import dev.bench.result.PhaseName;
import dev.bench.target.Instance;
import dev.bench.target.KeptState;
import dev.bench.target.LaunchException;
import dev.bench.target.LaunchRequest;
import dev.bench.target.PhaseRecorder;
import dev.bench.target.StartMode;
import dev.bench.target.Target;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Launches once: from just before the first engine call to the first correct response, and the removal after it.
 *
 * <p>Used by one thread; {@link #start} is the timed region and is called once, {@link #remove} at least once. After {@link
 * #keep} it is not the image that the instance is started from.
 */
public final class LaunchOperation implements Operation {
    /** How long output may be ahead of the word that the workload was executed. */
    private static final Duration WORD_OF_EXEC = Duration.ofSeconds(1);

    /** How long what does not run is asked in vain, many times longer than one that runs takes to answer. */
    private static final Duration SILENCE = Duration.ofMillis(300);

    private final String label;
    private final Target target;
    private final ReadinessProbe probe;
    private final String instanceName;
    private final InetAddress address;
    private final Path log;
    private PhaseRecorder phases = new PhaseRecorder();
    private @Nullable Instance instance;
    private @Nullable KeptState kept;
    private double keepMs = Double.NaN;
    private double teardownMs = Double.NaN;
    private final Interruptible interruptible = new Interruptible("before this launch");

    /**
     * Prepares a launch; nothing happens yet.
     *
     * @param label what the launch is called in results: the target's name, or that of its A/A copy
     * @param target what to launch on
     * @param probe what to wait for
     * @param instanceName unique name of the instance
     * @param address the instance's address
     * @param log file for the instance's output
     */
    public LaunchOperation(
            String label, Target target, ReadinessProbe probe, String instanceName, InetAddress address, Path log) {
        this.label = label;
        this.target = target;
        this.probe = probe;
        this.instanceName = instanceName;
        this.address = address;
        this.log = log;
    }

    @Override
    public String label() {
        return label;
    }

    /** Returns the instance's address. */
    public InetAddress address() {
        return address;
    }

    /** Returns what was launched; empty before the start and after the removal. */
    public Optional<Instance> instance() {
        return Optional.ofNullable(instance);
    }

    /** Returns the moments recorded so far, on the host's monotonic clock. */
    public PhaseRecorder moments() {
        return phases;
    }

    @Override
    public List<Phase> phases() {
        return phases.phases();
    }

    /** Returns nothing: which of the moments are figures is the measure's to say. */
    @Override
    public Map<String, Double> values() {
        return Map.of();
    }

    /** Returns the nanoseconds from the request to a phase, empty where it was not reached. */
    public OptionalLong since(PhaseName phase) {
        OptionalLong origin = phases.at(PhaseName.REQUEST);
        OptionalLong moment = phases.at(phase);
        return origin.isPresent() && moment.isPresent()
                ? OptionalLong.of(moment.getAsLong() - origin.getAsLong())
                : OptionalLong.empty();
    }

    @Override
    public Path log() {
        return log;
    }

    /**
     * Launches the instance and waits until it is ready; the timed region.
     *
     * @throws LaunchException where the engine refuses, the workload ends, or the deadline passes
     */
    @Override
    public void start() throws LaunchException {
        interruptible.begin();
        KeptState state = kept;
        try (ProbeSession session = probe.prepare(state == null ? fromImage() : fromState())) {
            LaunchRequest request = new LaunchRequest(instanceName, address, log, afterExec(session.outputListener()));
            phases.mark(PhaseName.REQUEST);
            session.begin();
            kept = null;
            Instance launched = state == null ? target.launch(request, phases) : state.start(phases);
            instance = launched;
            session.await(launched);
            requireOrder();
        } catch (LaunchException e) {
            interruptible.end();
            throw instance == null ? e : withLastLine(e, instance.collectLog());
        } finally {
            interruptible.end();
        }
    }

    /**
     * Asks the instance, which is ready, as whoever comes after the first caller does. What comes of it changes nothing of the
     * launch.
     *
     * @return what that took; empty where readiness is not told by HTTP, or where there was no correct answer
     * @throws LaunchException where the run is interrupted meanwhile
     */
    public Optional<SecondAnswer> askAgain() throws LaunchException {
        interruptible.begin();
        try {
            Optional<SecondAnswer> answer = probe.askAgain(address);
            interruptible.requireGoing();
            return answer;
        } finally {
            interruptible.end();
        }
    }

    private Watched fromImage() {
        return new Watched(
                address, phases, target.announcesExec(), target.kind().hasOwnKernel());
    }

    /**
     * Asks what is paused from the request on: its kernel, or this one, holds the question until it goes on. What is saved is
     * nowhere until it was started, and a question before would be lost.
     */
    private Watched fromState() {
        boolean paused = StartMode.of(target.definition()) == StartMode.RESUME;
        return new Watched(
                address,
                phases,
                Set.of(paused ? PhaseName.REQUEST : PhaseName.STARTED),
                target.kind().hasOwnKernel());
    }

    /**
     * Launches the instance, waits until it is ready, and keeps it in a state that {@link #start} then starts from; none of it
     * is timed.
     *
     * @param silent whether it is asked in vain, so that an answer after the start can only be one of the time after it; what
     *     was asked is still there when it goes on
     * @throws LaunchException as {@link #start} does, where it cannot be kept, or where it answers all the same
     */
    public void keep(boolean silent) throws LaunchException {
        start();
        Instance running = Objects.requireNonNull(instance);
        interruptible.begin();
        try {
            instance = null;
            long begin = System.nanoTime();
            kept = target.keep(running).orElseThrow(() -> new IllegalStateException(label + " keeps no instances"));
            keepMs = (System.nanoTime() - begin) / 1e6;
            if (silent) {
                requireSilence();
            }
            phases = new PhaseRecorder();
        } finally {
            interruptible.end();
        }
    }

    private void requireSilence() throws LaunchException {
        PhaseRecorder asked = new PhaseRecorder();
        Watched watched = new Watched(
                address, asked, Set.of(PhaseName.REQUEST), target.kind().hasOwnKernel());
        try (ProbeSession session = probe.prepare(watched)) {
            asked.mark(PhaseName.REQUEST);
            session.begin();
            if (asked.await(SILENCE, PhaseName.READY)) {
                throw new LaunchException(
                        FailureKind.ENGINE,
                        "something answers while the instance is kept and does not run, so that an answer would prove"
                                + " nothing. Check workload.ready, and what else answers at "
                                + address.getHostAddress(),
                        null);
            }
        } catch (InterruptedException e) {
            throw interruptible.interrupted();
        }
    }

    /** Returns how long it took to keep the instance in milliseconds; empty where none was. */
    public OptionalDouble keepMs() {
        return Double.isNaN(keepMs) ? OptionalDouble.empty() : OptionalDouble.of(keepMs);
    }

    /** Returns what the state takes, in bytes; empty before the instance was kept and after it was started. */
    public OptionalLong keptBytes() {
        return kept == null ? OptionalLong.empty() : OptionalLong.of(kept.bytes());
    }

    /** A workload that was not ready as expected mostly says why. */
    private static LaunchException withLastLine(LaunchException e, String line) {
        boolean tellsOfWorkload = !line.isEmpty() || e.kind() != FailureKind.ENGINE;
        return tellsOfWorkload && e.kind() != FailureKind.INTERRUPTED
                ? new LaunchException(e.kind(), Failure.withLastLine(e.getMessage(), line), e)
                : e;
    }

    /** Output follows the execution, though each is heard of over a way of its own. */
    private @Nullable Consumer<LaunchRequest.Output> afterExec(@Nullable Consumer<LaunchRequest.Output> listener) {
        if (listener == null || !target.announcesExec()) {
            return listener;
        }
        return output -> {
            try {
                phases.await(WORD_OF_EXEC, PhaseName.EXEC);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            long executed = phases.at(PhaseName.EXEC).orElse(output.nanos());
            listener.accept(new LaunchRequest.Output(Math.max(output.nanos(), executed), output.bytes()));
        };
    }

    /** What was ready before the workload was executed was something else, and what was ready before the request is past. */
    private void requireOrder() throws LaunchException {
        long requested = phases.at(PhaseName.REQUEST).orElseThrow();
        long executed = phases.at(PhaseName.EXEC).orElse(requested);
        long ready = phases.at(PhaseName.READY).orElse(Long.MAX_VALUE);
        if (ready < Math.max(executed, requested)) {
            throw new LaunchException(
                    FailureKind.ENGINE,
                    String.format(
                            Locale.ROOT,
                            "something was ready %.1f ms before the %s, so it was not the workload."
                                    + " Check workload.ready, and what else answers at %s",
                            (Math.max(executed, requested) - ready) / 1e6,
                            ready < requested ? "request" : "workload was executed",
                            address.getHostAddress()),
                    null);
        }
    }

    @Override
    public void cancel() {
        interruptible.cancel();
    }

    /** Removes the instance, and measures how long that takes; does nothing where there is none. */
    @Override
    public void remove() {
        if (kept != null) {
            kept.close();
            kept = null;
        }
        if (instance == null) {
            return;
        }
        long begin = System.nanoTime();
        instance.close();
        teardownMs = (System.nanoTime() - begin) / 1e6;
        instance = null;
    }

    /** Returns how long the removal took in milliseconds; empty before it. */
    public OptionalDouble teardownMs() {
        return Double.isNaN(teardownMs) ? OptionalDouble.empty() : OptionalDouble.of(teardownMs);
    }
}
