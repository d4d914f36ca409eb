package dev.bench.measure.scaleout;

import dev.bench.load.LoadGenerator;
import dev.bench.measure.scaleout.ScaleOutTrial.Density;
import dev.bench.measure.scaleout.ScaleOutTrial.LoadPoint;
import dev.bench.measure.scaleout.ScaleOutTrial.Start;
import dev.bench.probe.ReadinessProbe;
import dev.bench.result.Count;
import dev.bench.result.FailureKind;
import dev.bench.result.Phase;
import dev.bench.result.PhaseName;
import dev.bench.result.ResultStore;
import dev.bench.session.LaunchOperation;
import dev.bench.session.Operation;
import dev.bench.session.Trial;
import dev.bench.target.LaunchException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Makes one trial of scale-out: all instances at once, one more beside them, then the loads on ever fewer instances, since
 * removing some costs less than starting all anew.
 *
 * <p>Fails where no instance becomes ready. One that fails beside others is counted, and its log is kept. Used by one
 * thread, except {@link #cancel}.
 */
final class ScaleOutOperation implements Operation {
    private static final String SUFFIX = ".log";

    private final Trial trial;
    private final Starts plan;
    private final @Nullable Loads loads;
    private final LoadGenerator generator;
    private final ResultStore store;
    private final boolean warmup;
    private final List<LaunchOperation> operations = new ArrayList<>();
    private final LaunchOperation extra;
    private final ParallelStarts parallel;
    private final List<LoadPoint> points = new ArrayList<>();
    private final Map<String, Double> values = new LinkedHashMap<>();
    private final List<LaunchOperation> failed = new ArrayList<>();
    private volatile boolean cancelled;

    /**
     * Prepares a trial; nothing happens yet.
     *
     * @param loads what to ask the instances, or null for nothing
     * @param warmup whether the trial belongs to a discarded block
     */
    ScaleOutOperation(
            Trial trial,
            Starts plan,
            @Nullable Loads loads,
            LoadGenerator generator,
            ReadinessProbe probe,
            ResultStore store,
            boolean warmup) {
        this.trial = trial;
        this.plan = plan;
        this.loads = loads;
        this.generator = generator;
        this.store = store;
        this.warmup = warmup;
        for (int number = 1; number <= plan.instances(); number++) {
            operations.add(launch(trial, probe, number));
        }
        this.extra = launch(trial, probe, plan.instances() + 1);
        this.parallel = new ParallelStarts(plan, operations);
    }

    private static LaunchOperation launch(Trial trial, ReadinessProbe probe, int number) {
        String file = trial.log().getFileName().toString();
        String stem = file.endsWith(SUFFIX) ? file.substring(0, file.length() - SUFFIX.length()) : file;
        return trial.launch(probe, trial.log().resolveSibling(stem + "-" + number + SUFFIX));
    }

    @Override
    public String label() {
        return trial.label();
    }

    @Override
    public Path log() {
        return trial.log();
    }

    @Override
    public void start() throws LaunchException {
        try {
            trial.target().reserve(plan.instances() + 1);
            parallel.run();
            List<LaunchOperation> ready = parallel.ready();
            operations.stream().filter(operation -> !ready.contains(operation)).forEach(failed::add);
            if (cancelled) {
                throw interrupted(null);
            }
            if (ready.isEmpty()) {
                throw noneReady();
            }
            values.putAll(StartFigures.of(parallel.starts()));
            Start oneMore = oneMore();
            List<LaunchOperation> running = new ArrayList<>(ready);
            if (loads != null) {
                load(loads, running);
            }
            Density density = loads == null ? null : loads.density(points);
            store.append(
                    ScaleOutTrial.FILE,
                    new ScaleOutTrial(
                            trial.session(),
                            trial.block(),
                            trial.label(),
                            warmup,
                            parallel.starts(),
                            oneMore,
                            points,
                            density));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw interrupted(e);
        }
    }

    private static LaunchException interrupted(@Nullable InterruptedException cause) {
        return new LaunchException(FailureKind.INTERRUPTED, "the run was interrupted during this trial", cause);
    }

    private LaunchException noneReady() {
        LaunchException first = parallel.firstFailure();
        if (first == null) {
            throw new IllegalStateException("an instance is neither ready nor failed");
        }
        return new LaunchException(
                first.kind(),
                "none of " + Count.of(plan.instances(), "instance") + " became ready; the first: " + first.getMessage(),
                first);
    }

    private Start oneMore() throws LaunchException {
        String failure = null;
        try {
            extra.start();
        } catch (LaunchException e) {
            failure = String.valueOf(e.getMessage());
            failed.add(extra);
        }
        if (cancelled) {
            throw interrupted(null);
        }
        OptionalLong ready = extra.since(PhaseName.READY);
        double ended = ready.orElse(0) / 1e6;
        if (failure == null) {
            values.put(ScaleOutMetrics.ONE_MORE.id(), ended);
        }
        extra.remove();
        return new Start(0, failure == null ? ended : null, ended, failure);
    }

    /** Measures from the largest number of instances downwards. */
    private void load(Loads asked, List<LaunchOperation> running) throws InterruptedException, LaunchException {
        List<Integer> downwards = asked.instancesDownwards();
        for (int instances : downwards) {
            if (running.size() < instances) {
                points.addAll(asked.skipped(
                        instances,
                        "only " + running.size() + " of " + Count.of(plan.instances(), "instance") + " became ready"));
                continue;
            }
            List<LaunchOperation> surplus = running.subList(instances, running.size());
            ParallelStarts.remove(surplus);
            surplus.clear();
            List<InetAddress> addresses =
                    running.stream().map(LaunchOperation::address).toList();
            points.addAll(asked.apply(addresses, trial.label()));
            if (cancelled) {
                throw interrupted(null);
            }
        }
        values.putAll(asked.figures(points));
    }

    @Override
    public void remove() {
        List<LaunchOperation> all = new ArrayList<>(operations);
        all.add(extra);
        ParallelStarts.remove(all);
        keepLogs(all);
    }

    /** Keeps the logs of what failed; the first one becomes the trial's where the trial has failed with it. */
    private void keepLogs(List<LaunchOperation> all) {
        try {
            for (LaunchOperation operation : all) {
                if (!failed.contains(operation)) {
                    Files.deleteIfExists(operation.log());
                }
            }
            if (values.isEmpty()
                    && !failed.isEmpty()
                    && Files.exists(failed.get(0).log())) {
                Files.copy(failed.get(0).log(), trial.log(), StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void cancel() {
        cancelled = true;
        generator.stop();
        parallel.cancel();
        extra.cancel();
    }

    @Override
    public Map<String, Double> values() {
        return values;
    }

    @Override
    public List<Phase> phases() {
        return List.of();
    }
}
