package dev.bench.toy;

import dev.bench.probe.ReadinessProbe;
import dev.bench.result.Phase;
import dev.bench.session.LaunchOperation;
import dev.bench.session.Operation;
import dev.bench.session.Trial;
import dev.bench.target.LaunchException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Makes some launches of one target, each removed before the next. */
final class ToyOperation implements Operation {
    private final Trial trial;
    private final List<LaunchOperation> launches;
    private final Consumer<ToyTurn> sink;
    private double millis;

    ToyOperation(Trial trial, ReadinessProbe probe, int turns, Consumer<ToyTurn> sink) {
        this.trial = trial;
        this.launches = Stream.generate(() -> trial.launch(probe)).limit(turns).toList();
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

    @Override
    public void start() throws LaunchException {
        for (int turn = 0; turn < launches.size(); turn++) {
            long begin = System.nanoTime();
            launches.get(turn).start();
            launches.get(turn).remove();
            double took = (System.nanoTime() - begin) / 1e6;
            millis += took;
            sink.accept(new ToyTurn(trial.session(), trial.block(), trial.label(), turn + 1, took));
        }
    }

    @Override
    public void remove() {
        launches.forEach(LaunchOperation::remove);
    }

    @Override
    public void cancel() {
        launches.forEach(LaunchOperation::cancel);
    }

    @Override
    public Map<String, Double> values() {
        return Map.of(
                ToyMeasure.TURN.id(), millis / launches.size(), ToyMeasure.RATE.id(), launches.size() / (millis / 1e3));
    }

    @Override
    public List<Phase> phases() {
        return List.of();
    }
}
