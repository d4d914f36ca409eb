package dev.bench.session;

import dev.bench.host.Heap;
import dev.bench.host.HostFault;
import dev.bench.plan.BlockOrder;
import dev.bench.plan.Plan;
import dev.bench.probe.ReadinessProbe;
import dev.bench.result.Failure;
import dev.bench.result.FailureKind;
import dev.bench.result.Identity;
import dev.bench.result.Launch;
import dev.bench.result.PhaseName;
import dev.bench.result.Result;
import dev.bench.result.ResultStore;
import dev.bench.result.WritableLayer;
import dev.bench.target.Drivers;
import dev.bench.target.LaunchException;
import dev.bench.target.LaunchRequest;
import dev.bench.target.RemovalException;
import dev.bench.target.Target;
import dev.bench.target.TargetDefinition;
import dev.bench.target.TargetDriver;
import dev.bench.target.TargetException;
import dev.bench.workload.Readiness;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Runs one session: opens every target, proves their identity, learns the harness's own cost, and launches block by
 * block in the plan's order.
 *
 * <p>Each launch stands on disk before the next one begins. A launch that fails is recorded and the session goes on.
 * Runs in one thread; {@link Cancellation} may be requested from any.
 */
public final class Session {
    /** Null launches made, and those of them that only load classes and compile. */
    private static final int NULL_LAUNCHES = 40;

    private static final int NULL_WARMUP = 20;

    /** Instances have their name as host name, which the kernel limits. */
    private static final int MOST_NAME = 63;

    private final SessionOrder order;
    private final List<TargetDriver> drivers;
    private final Procedure procedure;
    private final LaunchDriver launchDriver;
    private final SessionListener listener;
    private final Cancellation cancellation;
    private final ResultStore store;
    private final AddressPool addresses;
    private final Map<String, Target> targets = new LinkedHashMap<>();
    private final GivenUp givenUp = new GivenUp();

    private volatile @Nullable Operation current;
    private int launches;

    /** Prepares a session; nothing happens yet. */
    public Session(
            SessionOrder order,
            List<TargetDriver> drivers,
            Procedure procedure,
            LaunchDriver launchDriver,
            SessionListener listener,
            Cancellation cancellation) {
        this.order = order;
        this.drivers = List.copyOf(drivers);
        this.procedure = procedure;
        this.launchDriver = launchDriver;
        this.listener = listener;
        this.cancellation = cancellation;
        this.store = new ResultStore(order.resultDirectory());
        this.addresses = new AddressPool(order.lab().network());
    }

    /**
     * Runs the session to its end or to the cancellation.
     *
     * @throws TargetException where a target cannot be used at all, or its identity differs
     */
    public SessionReport run() throws TargetException {
        cancellation.onRequest(() -> {
            Operation operation = current;
            if (operation != null) {
                operation.cancel();
            }
        });
        try {
            Plan plan = order.plan();
            for (TargetDefinition definition : plan.targets()) {
                listener.stage("opening target " + definition.name());
                targets.put(
                        definition.name(),
                        Drivers.of(drivers, definition)
                                .open(definition, order.imageOf(definition.name()), plan.limits(), order.lab()));
            }
            Map<String, Identity> identities = Map.of();
            IdentityProof proof = new IdentityProof(order::imageOf);
            if (order.prove()) {
                listener.stage("proving that every target runs the same workload");
                identities = proof.prove(targets.values(), this::observationRequest);
            }
            Result.HarnessCost cost = harnessCost();
            listener.prepared(facts(identities), cost);
            listener.stage("measuring");
            long begin = System.nanoTime();
            double launchSeconds = blocks();
            double wallSeconds = (System.nanoTime() - begin) / 1e9;
            boolean complete = !cancellation.requested();
            return new SessionReport(
                    wallSeconds,
                    launchSeconds,
                    complete ? givenUp.withoutFigure() : givenUp.failures(),
                    order.prove() && procedure.launchesAlone() ? writable(proof.firstWrites()) : Map.of(),
                    complete);
        } finally {
            targets.values().forEach(Target::close);
            procedure.close();
        }
    }

    /**
     * Looks at what instances write, after the last block, so that nothing timed has it beside it; on those targets where an
     * instance that was removed has left a trace to look for.
     */
    private Map<String, WritableLayer> writable(Map<String, WritableLayer.FirstWrite> firstWrites) {
        listener.stage("looking at what instances write to disk");
        ReadinessProbe probe = new ReadinessProbe(order.plan().workload().readiness());
        Map<String, WritableLayer> seen = new LinkedHashMap<>();
        targets.forEach((name, target) -> {
            WritableLayer.FirstWrite firstWrite = firstWrites.get(name);
            if (firstWrite == null
                    || cancellation.requested()
                    || givenUp.failures().containsKey(name)) {
                return;
            }
            LaunchOperation operation = new LaunchOperation(
                    name,
                    target,
                    probe,
                    nextName(target),
                    addresses.next(),
                    store.logs().resolve(target.definition().plainName() + "-disk.log"));
            current = operation;
            new DiskExamination(target, firstWrite, procedure.load(), cancellation::requested)
                    .look(operation)
                    .ifPresent(layer -> seen.put(name, layer));
            try {
                Files.deleteIfExists(operation.log());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        return seen;
    }

    private List<Result.TargetFacts> facts(Map<String, Identity> identities) {
        List<Result.TargetFacts> facts = new ArrayList<>();
        targets.forEach((name, target) -> facts.add(new Result.TargetFacts(
                name,
                target.kind(),
                target.definition().driver(),
                target.emulated(),
                target.facts(),
                identities.get(name))));
        return facts;
    }

    private double blocks() {
        Plan plan = order.plan();
        double seconds = 0;
        for (int block = 0; block < plan.schedule().blocksPerSession(); block++) {
            boolean discarded = plan.schedule().discards(block);
            List<String> labels = givenUp.launched(BlockOrder.order(plan, order.session(), block), discarded);
            for (int position = 0; position < labels.size(); position++) {
                if (cancellation.requested()) {
                    return seconds;
                }
                if (!givenUp.launches(labels.get(position), discarded)) {
                    continue;
                }
                Operation operation = operation(labels.get(position), block);
                current = operation;
                long begin = System.nanoTime();
                Launch launch = launch(targetOf(operation.label()), operation, block, position);
                seconds += (System.nanoTime() - begin) / 1e9;
                if (cancellation.requested() && !launch.ok()) {
                    return seconds;
                }
                store.append(launch);
                listener.launched(launch);
                requireSpace(launch);
                if (launch.warmup()) {
                    givenUp.discarded(launch);
                } else {
                    givenUp.measured(launch);
                }
                rest(plan.schedule().pause());
            }
        }
        return seconds;
    }

    /** Ends the session where a launch can only have failed for want of space: so would all others. */
    private void requireSpace(Launch launch) {
        Failure failure = launch.failure();
        if (failure == null) {
            return;
        }
        Path cache = order.lab().cacheDirectory();
        // Who fails for want of space may have given back what it took.
        Optional<Path> full =
                failure.is(FailureKind.SPACE) ? Optional.of(cache) : HostFault.fullDisk(cache, store.directory());
        full.ifPresent(directory -> {
            throw new UncheckedIOException(
                    directory + ": No space left on device", new IOException("a launch failed there"));
        });
    }

    /** Gives up a target under all its names. */
    private void lose(Target target, Failure failure) {
        givenUp.atOnce(
                BlockOrder.order(order.plan(), order.session(), 0).stream()
                        .filter(label -> targetOf(label) == target)
                        .toList(),
                failure);
    }

    private Operation operation(String label, int block) {
        Target target = targetOf(label);
        String file = String.format(
                "%s-session%d-block%03d%s.log",
                target.definition().plainName(),
                order.session(),
                block,
                label.equals(target.definition().name()) ? "" : "-control");
        return procedure.operation(new Trial(
                label,
                target,
                order.session(),
                block,
                () -> nextName(target),
                addresses,
                store.logs().resolve(file)));
    }

    private Target targetOf(String label) {
        String name = label.equals(order.plan().controlName()) ? order.plan().reference() : label;
        Target target = targets.get(name);
        if (target == null) {
            throw new IllegalStateException("the block order names the unknown target " + label);
        }
        return target;
    }

    private String nextName(Target target) {
        launches++;
        String name = "bench-" + order.lab().runId() + "-" + order.session() + "-" + launches + "-"
                + target.definition().plainName();
        return name.substring(0, Math.min(name.length(), MOST_NAME));
    }

    private Launch launch(Target target, Operation operation, int block, int position) {
        Instant startedAt = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        Map<String, Double> values = new LinkedHashMap<>();
        Failure failure = null;
        try {
            target.reserve(1);
            prepare(operation);
            Heap.makeRoom();
            double score = launchDriver.execute(operation);
            values.putAll(operation.values());
            values.put(LaunchValues.JMH_SCORE, score);
            Files.deleteIfExists(operation.log());
        } catch (LaunchException e) {
            failure = failure(operation, kind(e), e, block);
            values.clear();
        } catch (RemovalException e) {
            failure = failure(operation, FailureKind.ENGINE, e, block);
            values.clear();
            lose(target, failure);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Launch(
                order.session(),
                block,
                position,
                operation.label(),
                order.plan().schedule().discards(block),
                failure == null,
                startedAt.toString(),
                values,
                operation.phases(),
                failure);
    }

    private static void prepare(Operation operation) throws LaunchException {
        boolean prepared = false;
        try {
            operation.prepare();
            prepared = true;
        } finally {
            if (!prepared) {
                operation.remove();
            }
        }
    }

    /**
     * Returns what a failure lies with. Whatever launches or builds says in its own words that its disk is full; what a
     * workload wrote last may tell of a disk of its own.
     */
    private static FailureKind kind(LaunchException e) {
        String words = switch (e.kind()) {
            case ENGINE -> new Failure(e.kind(), String.valueOf(e.getMessage()), null).cause();
            case BUILD -> String.valueOf(e.getMessage());
            default -> "";
        };
        return HostFault.tellsOfFullDisk(words) ? FailureKind.SPACE : e.kind();
    }

    private Failure failure(Operation operation, FailureKind kind, Exception e, int block) {
        Path log = operation.log();
        String relative = Files.exists(log) ? store.directory().relativize(log).toString() : null;
        String message = "target " + operation.label() + ", session " + order.session() + ", block " + block + ": "
                + e.getMessage();
        return new Failure(kind, message, relative);
    }

    private LaunchRequest observationRequest(Target target) {
        return new LaunchRequest(
                nextName(target),
                addresses.next(),
                store.logs().resolve(target.definition().plainName() + "-identity.log"),
                null);
    }

    private Result.HarnessCost harnessCost() {
        ReadinessProbe probe = new ReadinessProbe(new Readiness.Exit(0, Duration.ofSeconds(10)));
        double[] millis = new double[NULL_LAUNCHES - NULL_WARMUP];
        try (NullTarget target = new NullTarget()) {
            for (int i = 0; i < NULL_LAUNCHES; i++) {
                LaunchOperation operation = new LaunchOperation(
                        NullTarget.NAME,
                        target,
                        probe,
                        nextName(target),
                        addresses.next(),
                        store.logs().resolve("null.log"));
                launchDriver.execute(operation);
                double ready = operation.since(PhaseName.READY).orElse(0) / 1e6;
                if (i >= NULL_WARMUP) {
                    millis[i - NULL_WARMUP] = ready;
                }
            }
        } catch (LaunchException e) {
            throw new IllegalStateException("a launch of nothing failed", e);
        }
        Arrays.sort(millis);
        int middle = millis.length / 2;
        return new Result.HarnessCost(
                millis.length, (millis[middle - 1] + millis[middle]) / 2, millis[millis.length - 1]);
    }

    private void rest(Duration pause) {
        long until = System.nanoTime() + pause.toNanos();
        while (System.nanoTime() < until && !cancellation.requested()) {
            LockSupport.parkNanos(Math.min(until - System.nanoTime(), 50_000_000L));
        }
    }
}
