package dev.bench.measure.build;

import dev.bench.probe.ReadinessProbe;
import dev.bench.result.FailureKind;
import dev.bench.result.Metric;
import dev.bench.result.Phase;
import dev.bench.session.Operation;
import dev.bench.session.Trial;
import dev.bench.session.TrialWork;
import dev.bench.target.BuildPart;
import dev.bench.target.BuildStep;
import dev.bench.target.BuiltImage;
import dev.bench.target.ImageBuilder;
import dev.bench.target.LaunchException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Is one trial: with empty caches a cold build and an unchanged one, then for every change the build after it and the
 * launch of what it has made. Whatever prepares or undoes lies outside the times.
 */
final class BuildOperation implements Operation {
    private final Trial trial;
    private final boolean warmup;
    private final BuildSettings settings;
    private final TrialWork work;
    private final BuildProcedure.Opening opening;
    private final Consumer<BuildRecord> sink;
    private final Map<String, Double> values = new LinkedHashMap<>();

    BuildOperation(
            Trial trial,
            boolean warmup,
            BuildSettings settings,
            ReadinessProbe probe,
            BuildProcedure.Opening opening,
            Consumer<BuildRecord> sink) {
        this.trial = trial;
        this.warmup = warmup;
        this.settings = settings;
        this.work = new TrialWork(trial, probe, "build");
        this.opening = opening;
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
        work.begin();
        try {
            BuildProcedure.Workshop workshop = opening.open();
            ImageBuilder builder = workshop.builder();
            builder.reset();
            Timed cold = build(builder);
            requireCold(cold.image());
            values.put(BuildMetrics.COLD.id(), cold.ms());
            sink.accept(record(BuildRecord.COLD, "", cold, null, null));
            Timed unchanged = build(builder);
            values.put(BuildMetrics.UNCHANGED.id(), unchanged.ms());
            sink.accept(record(
                    BuildRecord.UNCHANGED, "", unchanged, null, builder.difference(cold.image(), unchanged.image())));
            List<Change> changes = settings.changes();
            for (int i = 0; i < changes.size(); i++) {
                if (i > 0) {
                    // What every change is held against is the image without any.
                    builder.build();
                }
                change(workshop, changes.get(i), i == 0, unchanged.image());
            }
        } catch (IOException e) {
            throw new LaunchException(FailureKind.ENGINE, "cannot change the files of the build: " + e.getMessage(), e);
        } finally {
            work.end();
        }
    }

    /** Whatever the engine says of its caches: a step that was found in one was not run. */
    private static void requireCold(BuiltImage image) throws LaunchException {
        Map<String, Long> times =
                image.steps().stream().collect(Collectors.groupingBy(BuildStep::text, Collectors.counting()));
        for (BuildStep step : image.steps()) {
            // One that stands there twice is found where the build itself has just left it.
            if (step.cached()
                    && step.line() > 0
                    && times.getOrDefault(step.text(), 1L) == 1
                    && step.text().matches("(?i)(run|copy|add) .*")) {
                throw new LaunchException(
                        FailureKind.ENGINE,
                        "the cold build found `" + step.text()
                                + "` in a cache, which was to be empty. Report it with the"
                                + " versions that `bench doctor` names",
                        null);
            }
        }
    }

    private void change(BuildProcedure.Workshop workshop, Change change, boolean first, BuiltImage before)
            throws LaunchException, IOException {
        ImageBuilder builder = workshop.builder();
        workshop.files().apply(change);
        try {
            long begin = System.nanoTime();
            Timed built = build(builder);
            Double readyMs = settings.start() ? work.readyMs(builder.target(built.image()), begin) : null;
            work.remove();
            ImageBuilder.Difference difference = builder.difference(before, built.image());
            put(BuildMetrics.CHANGE, change, first, built.ms());
            if (readyMs != null) {
                put(BuildMetrics.TO_READY, change, first, readyMs);
            }
            put(BuildMetrics.NEW, change, first, mebibytes(difference));
            if (difference.layers() >= 0) {
                put(BuildMetrics.REUSED, change, first, difference.reused());
            }
            sink.accept(record(BuildRecord.CHANGE, change.name(), built, readyMs, difference));
        } finally {
            workshop.files().revert(change);
        }
    }

    private void put(Metric metric, Change change, boolean first, double value) {
        values.put((first ? metric : metric.of(change.name())).id(), value);
    }

    /** Is a build with the time it took. */
    private record Timed(BuiltImage image, double ms) {}

    private static Timed build(ImageBuilder builder) throws LaunchException {
        long begin = System.nanoTime();
        BuiltImage image = builder.build();
        return new Timed(image, (System.nanoTime() - begin) / 1e6);
    }

    private BuildRecord record(
            String kind,
            String change,
            Timed timed,
            @Nullable Double readyMs,
            ImageBuilder.@Nullable Difference difference) {
        List<BuildRecord.Part> parts = new ArrayList<>();
        for (BuildPart part : timed.image().parts()) {
            parts.add(new BuildRecord.Part(part.name(), part.startMs(), part.endMs()));
        }
        if (readyMs != null) {
            parts.add(new BuildRecord.Part("start", timed.ms(), readyMs));
        }
        return new BuildRecord(
                trial.session(),
                trial.block(),
                label(),
                warmup,
                kind,
                change,
                timed.ms(),
                readyMs,
                difference == null ? null : mebibytes(difference),
                difference == null || difference.layers() < 0 ? null : difference.layers(),
                difference == null || difference.layers() < 0 ? null : difference.reused(),
                parts,
                timed.image().steps().stream()
                        .map(step -> new BuildRecord.Step(
                                step.text(), step.line(), step.cached(), step.startMs(), step.endMs()))
                        .toList());
    }

    private static double mebibytes(ImageBuilder.Difference difference) {
        return difference.newBytes() / (double) (1 << 20);
    }

    @Override
    public void cancel() {
        work.cancel();
    }

    @Override
    public void remove() {
        work.remove();
    }

    @Override
    public Map<String, Double> values() {
        return values;
    }

    /** Returns none: a build is not a launch, and its parts stand in its record. */
    @Override
    public List<Phase> phases() {
        return List.of();
    }
}
