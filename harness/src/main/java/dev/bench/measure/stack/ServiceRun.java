package dev.bench.measure.stack;

import dev.bench.measure.stack.Progress.Moment;
import dev.bench.result.Failure;
import dev.bench.result.FailureKind;
import dev.bench.target.Instance;
import dev.bench.target.LaunchException;
import dev.bench.target.PhaseRecorder;
import dev.bench.target.RunningService;
import dev.bench.target.ServiceHost;
import dev.bench.target.ServiceStart;
import dev.bench.workload.Dependency;
import dev.bench.workload.Healthcheck;
import dev.bench.workload.Service;
import dev.bench.workload.Stack;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Brings one service up, once what it depends on is there. Runs in a thread of its own; asked by another one afterwards. */
final class ServiceRun {
    private static final long POLL_MILLIS = 5;

    private final Stack stack;
    private final ServiceStart start;
    private final PhaseRecorder phases;
    private final boolean early;
    private final Progress progress;
    private volatile @Nullable RunningService running;
    private volatile @Nullable HealthWatch watch;

    /**
     * Prepares a service; nothing happens yet.
     *
     * @param phases where its own moments are marked
     * @param early whether its health is asked for before its interval is over
     */
    ServiceRun(Stack stack, ServiceStart start, PhaseRecorder phases, boolean early, Progress progress) {
        this.stack = stack;
        this.start = start;
        this.phases = phases;
        this.early = early;
        this.progress = progress;
    }

    private Service service() {
        return start.service();
    }

    private String name() {
        return service().name();
    }

    /** Waits until everything that the service depends on is there. */
    void awaitDependencies() throws LaunchException, InterruptedException {
        for (Dependency dependency : service().dependencies()) {
            progress.await(dependency.service(), Progress.of(dependency.condition()));
        }
    }

    /**
     * Starts it and follows it until it is ready.
     *
     * @param host starts it
     * @param limit how long that may take
     * @param begun hears that the engine is about to be asked
     */
    void bringUp(ServiceHost host, Duration limit, Runnable begun) throws LaunchException, InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        begun.run();
        progress.mark(name(), Moment.REQUESTED);
        RunningService started = host.start(start, phases);
        running = started;
        progress.mark(name(), Moment.STARTED);
        Healthcheck healthcheck = service().healthcheck();
        boolean ends = service().endsIn(stack);
        HealthWatch watched = healthcheck == null
                ? null
                : new HealthWatch(service(), started, healthcheck, ports(healthcheck), System.nanoTime());
        watch = watched;
        boolean healthy = watched == null;
        boolean ended = !ends;
        while (!healthy || !ended) {
            Instance.Exit exit = started.exit();
            if (exit != null) {
                requireEnd(exit, healthcheck != null && !healthy);
                ended = true;
            } else if (watched != null && !healthy && watched.look()) {
                progress.mark(name(), Moment.HEALTHY);
                healthy = true;
            }
            if (System.nanoTime() - deadline > 0 && (!healthy || !ended)) {
                throw late(limit, healthy);
            }
            Thread.sleep(POLL_MILLIS);
        }
        progress.mark(name(), Moment.READY);
    }

    /** Looks after a service that is ready until nobody has to any more: one that fails then is a failure of all. */
    void lookAfter() throws LaunchException, InterruptedException {
        RunningService started = running;
        while (started != null && !progress.isSettled()) {
            Instance.Exit exit = started.exit();
            if (exit != null) {
                if (exit.status() != 0) {
                    throw ended(exit);
                }
                return;
            }
            Thread.sleep(POLL_MILLIS * 4);
        }
    }

    /** Returns the ports that tell when its health is worth asking for. */
    private List<Integer> ports(Healthcheck healthcheck) {
        if (!early || !HealthWatch.asksNetwork(healthcheck)) {
            return List.of();
        }
        List<Integer> ports = new ArrayList<>(service().ports());
        start.image().config().exposedPorts().stream()
                .filter(port -> !ports.contains(port))
                .forEach(ports::add);
        return ports;
    }

    private void requireEnd(Instance.Exit exit, boolean unhealthy) throws LaunchException {
        if (exit.status() != 0 || unhealthy) {
            throw ended(exit);
        }
        progress.mark(name(), Moment.COMPLETED);
    }

    private LaunchException ended(Instance.Exit exit) {
        RunningService started = running;
        String message = exit.reason() != null
                ? "the service " + name() + ": " + exit.reason() + ". Check it in the Compose file"
                : "the service " + name() + " ended with status " + exit.status()
                        + " before the application was up. Check its command and its environment in the Compose file";
        return new LaunchException(
                FailureKind.EXITED,
                started == null ? message : Failure.withLastLine(message, started.collectLog()),
                null);
    }

    private LaunchException late(Duration limit, boolean healthy) {
        HealthWatch watched = watch;
        String what = healthy || watched == null ? " had not ended within " : " was not healthy within ";
        return new LaunchException(
                FailureKind.TIMEOUT,
                "the service " + name() + what + limit.toMillis() / 1e3 + " s"
                        + (healthy || watched == null
                                ? ""
                                : "; its check ran " + watched.checks() + " times, " + watched.lastWords())
                        + ". Check its healthcheck in the Compose file, or give workload.ready more timeout",
                null);
    }

    /** Stops the service, where it runs. */
    void stop() throws LaunchException {
        RunningService started = running;
        if (started != null) {
            started.stop(service().stopGrace());
        }
    }

    /** Removes the service, where there is one. */
    void remove() {
        RunningService started = running;
        if (started != null) {
            started.close();
            running = null;
        }
    }

    /** Returns the service as it runs, or null where it does not. */
    @Nullable
    RunningService running() {
        return running;
    }

    /** Returns how it came up, in milliseconds since a moment; only where it did. */
    StackRecord.ServiceTimes times(long origin) {
        HealthWatch watched = watch;
        return new StackRecord.ServiceTimes(
                name(),
                service().dependencies().stream()
                        .map(dependency -> new StackRecord.Edge(
                                dependency.service(),
                                Progress.of(dependency.condition()).name().toLowerCase(Locale.ROOT)))
                        .toList(),
                millis(Moment.REQUESTED, origin).orElse(0.0),
                millis(Moment.STARTED, origin).orElse(0.0),
                millis(Moment.HEALTHY, origin).orElse(null),
                millis(Moment.COMPLETED, origin).orElse(null),
                watched == null ? 0 : watched.checks(),
                watched != null && watched.passedEarly());
    }

    private Optional<Double> millis(Moment moment, long origin) {
        OptionalLong at = progress.at(name(), moment);
        return at.isPresent() ? Optional.of((at.getAsLong() - origin) / 1e6) : Optional.empty();
    }
}
