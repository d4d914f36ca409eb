package dev.bench.measure.isolation;

import dev.bench.probe.ReadinessProbe;
import dev.bench.program.Inspection;
import dev.bench.program.Inspector;
import dev.bench.result.FailureKind;
import dev.bench.result.Phase;
import dev.bench.session.HttpLoad;
import dev.bench.session.Interruptible;
import dev.bench.session.LaunchOperation;
import dev.bench.session.Operation;
import dev.bench.session.Trial;
import dev.bench.target.Instance;
import dev.bench.target.LaunchException;
import dev.bench.target.LaunchRequest;
import dev.bench.target.TargetException;
import dev.bench.trace.Entered;
import dev.bench.trace.TraceInstance;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Traces the system calls of one instance, the tracepoints of another and, where the host allows it, the functions of a
 * third, so that none disturbs another, and then looks from inside. Used by one thread, except {@link #cancel}.
 */
final class IsolationOperation implements Operation {
    private final Trial trial;
    private final boolean warmup;
    private final IsolationSettings settings;
    private final ReadinessProbe probe;
    private final Optional<HttpLoad> load;
    private final HostIdentity host;
    private final List<String> setUserId;
    private final Tracing tracing;
    private final Optional<String> functionsRefused;
    private final Consumer<IsolationRecord> sink;
    private final Interruptible interruptible = new Interruptible("during this trial");
    private final Map<String, Double> values = new LinkedHashMap<>();
    private volatile @Nullable LaunchOperation launch;

    /** Gives the run's tracing instance. */
    @FunctionalInterface
    interface Tracing {
        /** Returns it, made at the first time. */
        TraceInstance instance() throws IOException;
    }

    /**
     * Prepares a trial; nothing happens yet.
     *
     * @param setUserId files of the image that execute as their owner
     * @param functionsRefused why the host's functions cannot be traced; empty where they can
     */
    IsolationOperation(
            Trial trial,
            boolean warmup,
            IsolationSettings settings,
            ReadinessProbe probe,
            Optional<HttpLoad> load,
            HostIdentity host,
            List<String> setUserId,
            Tracing tracing,
            Optional<String> functionsRefused,
            Consumer<IsolationRecord> sink) {
        this.trial = trial;
        this.warmup = warmup;
        this.settings = settings;
        this.probe = probe;
        this.load = load;
        this.host = host;
        this.setUserId = List.copyOf(setUserId);
        this.tracing = tracing;
        this.functionsRefused = functionsRefused;
        this.sink = sink;
    }

    @Override
    public String label() {
        return trial.label();
    }

    @Override
    public Path log() {
        return trial.log();
    }

    /** Returns none: what is traced is slower than what is not. */
    @Override
    public List<Phase> phases() {
        return List.of();
    }

    @Override
    public Map<String, Double> values() {
        return values;
    }

    @Override
    public void start() throws LaunchException {
        Map<String, Entered> calls = trace(TraceInstance.Events.CALLS);
        Map<String, Entered> tracepoints = trace(TraceInstance.Events.TRACEPOINTS);
        Map<String, Entered> functions = functionsRefused.isEmpty() ? trace(TraceInstance.Events.FUNCTIONS) : Map.of();
        Optional<Inspection> seen = look();
        IsolationRecord record = new IsolationRecord(
                trial.session(),
                trial.block(),
                trial.label(),
                warmup,
                load.isPresent() ? settings.requests() : 0,
                Trace.phases(calls, tracepoints, functions),
                seen.map(inspection -> Evidence.of(inspection, host, setUserId)).orElse(null),
                functionsRefused.orElse(null));
        sink.accept(record);
        values.putAll(Trace.values(record));
        seen.ifPresent(inspection -> values.putAll(Evidence.values(inspection)));
    }

    private Map<String, Entered> trace(TraceInstance.Events events) throws LaunchException {
        try {
            TraceInstance trace = tracing.instance();
            try {
                trace.begin(events, trial.target().daemons());
                return phases(trace);
            } finally {
                trace.end();
                remove();
            }
        } catch (IOException e) {
            throw new LaunchException(
                    FailureKind.ENGINE,
                    "the host's kernel could not be traced: " + e.getMessage() + ". Check it with `bench doctor`",
                    e);
        }
    }

    private Map<String, Entered> phases(TraceInstance trace) throws LaunchException, IOException {
        Map<String, Entered> entered = new LinkedHashMap<>();
        rest();
        entered.put(IsolationRecord.CONTROL, trace.take());
        LaunchOperation launched = trial.launch(probe);
        launch = launched;
        interruptible.requireGoing();
        launched.start();
        entered.put(IsolationRecord.START, trace.take());
        if (entered.get(IsolationRecord.START).threads() == 0) {
            throw new LaunchException(
                    FailureKind.ENGINE,
                    "no thread of the instance was traced: what launches it is neither this process nor a daemon that"
                            + " bench knows. Use the lab's own engine",
                    null);
        }
        rest();
        entered.put(IsolationRecord.IDLE, trace.take());
        if (load.isPresent()) {
            load.get().send(launched.address(), interruptible::isCancelled);
            entered.put(IsolationRecord.LOAD, trace.take());
        }
        requireRunning(launched);
        return entered;
    }

    private void requireRunning(LaunchOperation launched) throws LaunchException {
        interruptible.requireGoing();
        Instance.Exit exit = launched.instance().map(Instance::exit).orElse(null);
        if (exit != null) {
            throw new LaunchException(
                    FailureKind.EXITED,
                    "the workload ended with status " + exit.status() + " while it was traced",
                    null);
        }
    }

    private void rest() throws LaunchException {
        interruptible.begin();
        try {
            Thread.sleep(settings.idle().toMillis());
        } catch (InterruptedException e) {
            throw interruptible.interrupted();
        } finally {
            interruptible.end();
        }
    }

    private Optional<Inspection> look() throws LaunchException {
        interruptible.begin();
        LaunchRequest request =
                new LaunchRequest(trial.names().get(), trial.addresses().next(), trial.log(), null);
        try {
            Optional<String> printed = trial.target().standIn(request, Inspector.program());
            if (printed.isEmpty()) {
                return Optional.empty();
            }
            Optional<Inspection> seen = Inspector.parse(printed.get());
            if (seen.isEmpty()) {
                throw new LaunchException(
                        FailureKind.EXITED,
                        "what looked from inside printed only: "
                                + printed.get()
                                        .strip()
                                        .lines()
                                        .reduce((first, last) -> last)
                                        .orElse("nothing"),
                        null);
            }
            return seen;
        } catch (TargetException e) {
            throw new LaunchException(FailureKind.ENGINE, String.valueOf(e.getMessage()), e);
        } finally {
            interruptible.end();
        }
    }

    @Override
    public void remove() {
        LaunchOperation launched = launch;
        if (launched != null) {
            launched.remove();
        }
    }

    @Override
    public void cancel() {
        interruptible.cancel();
        LaunchOperation launched = launch;
        if (launched != null) {
            launched.cancel();
        }
    }
}
