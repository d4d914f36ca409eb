package dev.bench.measure.stack;

import dev.bench.measure.stack.Progress.Moment;
import dev.bench.probe.ProbeSession;
import dev.bench.probe.ReadinessProbe;
import dev.bench.probe.Watched;
import dev.bench.result.FailureKind;
import dev.bench.result.PhaseName;
import dev.bench.session.Trial;
import dev.bench.target.Instance;
import dev.bench.target.LaunchException;
import dev.bench.target.LaunchRequest;
import dev.bench.target.PhaseRecorder;
import dev.bench.target.RunningService;
import dev.bench.target.ServiceHost;
import dev.bench.target.ServiceStart;
import dev.bench.target.StackRequest;
import dev.bench.workload.PreparedImage;
import dev.bench.workload.Service;
import dev.bench.workload.Stack;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Brings the services of one application up and takes them down again, each in a thread of its own: whatever does not wait for
 * another goes on beside it. Used by one thread.
 */
final class StackRun {
    private static final Duration POLL = Duration.ofMillis(20);
    private static final long ENDING_SECONDS = 30;

    private final Trial trial;
    private final Stack stack;
    private final StackRequest request;
    private final ReadinessProbe probe;
    private final Duration limit;
    private final boolean early;
    private final ServiceHost host;
    private final Map<String, ServiceRun> services = new LinkedHashMap<>();
    private final Map<String, Path> logs = new LinkedHashMap<>();
    private final Progress progress = new Progress();

    /**
     * Prepares a run; nothing happens yet.
     *
     * @param request what the host was asked for
     * @param probe asks the service in front
     * @param limit how long it may take until all is up
     * @param early whether health is asked for before its interval is over
     */
    StackRun(Trial trial, StackRequest request, ReadinessProbe probe, Duration limit, boolean early, ServiceHost host) {
        this.trial = trial;
        this.stack = request.stack();
        this.request = request;
        this.probe = probe;
        this.limit = limit;
        this.early = early;
        this.host = host;
    }

    /** Does something for one service. */
    @FunctionalInterface
    private interface Work {
        void run() throws LaunchException, InterruptedException;
    }

    /**
     * Brings all services up, in the order in which they depend on each other.
     *
     * @return how they came up
     * @throws LaunchException where one does not
     */
    Up up() throws LaunchException, InterruptedException {
        PhaseRecorder phases = new PhaseRecorder();
        try (ProbeSession session = session(phases)) {
            for (Service service : stack.services()) {
                services.put(service.name(), run(service, image(service), phases, session, progress));
            }
            try (Threads threads = new Threads(progress)) {
                services.forEach((name, service) -> threads.run(() -> {
                    service.awaitDependencies();
                    service.bringUp(host, limit, () -> ask(name, session, phases));
                    service.lookAfter();
                }));
                for (String name : services.keySet()) {
                    progress.await(name, Moment.READY);
                }
                awaitAnswer(session, phases, front());
                progress.settle();
            }
            long origin = services.keySet().stream()
                    .mapToLong(name -> progress.at(name, Moment.REQUESTED).orElseThrow())
                    .min()
                    .orElseThrow();
            double answerMs = (phases.at(PhaseName.READY).orElseThrow() - origin) / 1e6;
            List<StackRecord.ServiceTimes> times = services.values().stream()
                    .map(service -> service.times(origin))
                    .toList();
            double readyMs = times.stream()
                    .mapToDouble(StackRecord.ServiceTimes::readyMs)
                    .max()
                    .orElse(0);
            return new Up(readyMs, answerMs, times, CriticalPath.of(times, stack.front(), answerMs));
        }
    }

    /**
     * Holds how an application came up.
     *
     * @param readyMs when all services were ready, since the request of the first
     * @param answerMs when the one in front had answered
     * @param services how each came up
     * @param path what the later of the two waited for
     */
    record Up(
            double readyMs,
            double answerMs,
            List<StackRecord.ServiceTimes> services,
            List<StackRecord.PathPart> path) {}

    /** The service in front is asked from the moment at which its engine is. */
    private void ask(String name, ProbeSession session, PhaseRecorder phases) {
        if (name.equals(stack.front())) {
            phases.mark(PhaseName.REQUEST);
            session.begin();
        }
    }

    private ProbeSession session(PhaseRecorder phases) {
        return probe.prepare(new Watched(
                address(stack.front()),
                phases,
                trial.target().announcesExec(),
                trial.target().kind().hasOwnKernel()));
    }

    private void awaitAnswer(ProbeSession session, PhaseRecorder phases, Instance front)
            throws LaunchException, InterruptedException {
        while (!phases.await(POLL, PhaseName.READY)) {
            progress.requireGoing();
            long asked = phases.at(PhaseName.REQUEST).orElseThrow();
            if (front.exit() != null || System.nanoTime() - asked > limit.toNanos()) {
                session.await(front);
                return;
            }
        }
    }

    private ServiceRun run(
            Service service, PreparedImage image, PhaseRecorder front, ProbeSession session, Progress into) {
        boolean asked = service.name().equals(stack.front());
        Path log = logs.computeIfAbsent(
                service.name(), name -> trial.log().resolveSibling(trial.log().getFileName() + "." + name));
        LaunchRequest launch = new LaunchRequest(
                trial.names().get(), address(service.name()), log, asked ? session.outputListener() : null);
        return new ServiceRun(
                stack, new ServiceStart(service, image, launch), asked ? front : new PhaseRecorder(), early, into);
    }

    private PreparedImage image(Service service) {
        return Objects.requireNonNull(request.images().get(service.name()), service.name());
    }

    private InetAddress address(String service) {
        return Objects.requireNonNull(request.addresses().get(service), service);
    }

    private RunningService front() {
        return running(stack.front());
    }

    /** Returns where the service in front is asked. */
    InetAddress frontAddress() {
        return address(stack.front());
    }

    private RunningService running(String name) {
        ServiceRun service = Objects.requireNonNull(services.get(name), name);
        return Objects.requireNonNull(service.running(), name);
    }

    /** Returns what the services keep in memory now, in MiB. */
    double memoryMib() {
        return StackMemory.mebibytes(services.values().stream()
                .map(ServiceRun::running)
                .filter(Objects::nonNull)
                .map(RunningService::footprint)
                .toList());
    }

    /**
     * Replaces a service by one of its changed image.
     *
     * @return the milliseconds from the request to stop it until it is ready and the service in front has answered since
     */
    double changeMs(String name) throws LaunchException, InterruptedException {
        PhaseRecorder phases = new PhaseRecorder();
        Progress ofChange = new Progress();
        PreparedImage changed = Objects.requireNonNull(request.changed().get(name), name);
        long begin = System.nanoTime();
        ServiceRun former = Objects.requireNonNull(services.get(name), name);
        former.stop();
        former.remove();
        try (ProbeSession session = session(phases)) {
            ServiceRun service = run(stack.service(name), changed, phases, session, ofChange);
            services.put(name, service);
            phases.mark(PhaseName.REQUEST);
            if (!name.equals(stack.front())) {
                // The one in front runs on, and may be asked at once.
                phases.mark(PhaseName.EXEC);
            }
            session.begin();
            service.bringUp(host, limit, () -> {});
            awaitAnswer(session, phases, front());
        }
        long ready = ofChange.at(name, Moment.READY).orElseThrow();
        return (Math.max(ready, phases.at(PhaseName.READY).orElseThrow()) - begin) / 1e6;
    }

    /** Takes all services down, and stops those that others depend on after them; returns the milliseconds that took. */
    double downMs() throws LaunchException, InterruptedException {
        Progress removal = new Progress();
        long begin = System.nanoTime();
        try (Threads threads = new Threads(removal)) {
            services.forEach((name, service) -> threads.run(() -> {
                for (String dependent : dependents(name)) {
                    removal.await(dependent, Moment.STOPPED);
                }
                service.stop();
                removal.mark(name, Moment.STOPPED);
                service.remove();
                removal.mark(name, Moment.REMOVED);
            }));
            for (String name : services.keySet()) {
                removal.await(name, Moment.REMOVED);
            }
        }
        return (System.nanoTime() - begin) / 1e6;
    }

    private List<String> dependents(String name) {
        return stack.services().stream()
                .filter(service -> service.dependencies().stream()
                        .anyMatch(dependency -> dependency.service().equals(name)))
                .map(Service::name)
                .toList();
    }

    /** Writes what every service that still is there has written into the trial's log, one after the other. */
    void collectLogs() {
        try {
            for (Map.Entry<String, ServiceRun> service : services.entrySet()) {
                RunningService running = service.getValue().running();
                if (running != null) {
                    running.collectLog();
                }
            }
            List<String> lines = new ArrayList<>();
            for (Map.Entry<String, Path> log : logs.entrySet()) {
                if (Files.exists(log.getValue())) {
                    lines.add("== " + log.getKey());
                    lines.add(new String(Files.readAllBytes(log.getValue()), StandardCharsets.UTF_8).stripTrailing());
                }
            }
            if (!lines.isEmpty()) {
                Files.write(trial.log(), lines, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            }
        } catch (IOException | RuntimeException e) {
            // The failure that asked for the logs is the one to report.
        }
    }

    /** Removes what the services' own logs were collected in. */
    void removeLogs() {
        for (Path log : logs.values()) {
            try {
                Files.deleteIfExists(log);
            } catch (IOException e) {
                // It lies among the result's logs, where nobody is misled by it.
            }
        }
    }

    /** Runs the work of services, each in a thread of its own; what one of them throws is the failure of all. */
    private static final class Threads implements AutoCloseable {
        private final ExecutorService pool = Executors.newCachedThreadPool(work -> {
            Thread thread = new Thread(work, "service");
            thread.setDaemon(true);
            return thread;
        });
        private final Progress progress;

        Threads(Progress progress) {
            this.progress = progress;
        }

        void run(Work work) {
            pool.execute(() -> {
                try {
                    work.run();
                } catch (LaunchException e) {
                    progress.fail(e);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                } catch (RuntimeException e) {
                    progress.fail(new LaunchException(FailureKind.ENGINE, String.valueOf(e.getMessage()), e));
                }
            });
        }

        /** Ends what still goes on, and waits for it: a service that is just being started has to be removed too. */
        @Override
        public void close() {
            pool.shutdownNow();
            boolean interrupted = Thread.interrupted();
            try {
                if (!pool.awaitTermination(ENDING_SECONDS, TimeUnit.SECONDS)) {
                    progress.fail(new LaunchException(
                            FailureKind.ENGINE, "the engine does not come back from starting a service", null));
                }
            } catch (InterruptedException e) {
                interrupted = true;
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
