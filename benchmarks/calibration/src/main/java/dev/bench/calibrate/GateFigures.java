package dev.bench.calibrate;

import dev.bench.compare.ComparisonReport;
import dev.bench.compare.Outcome;
import dev.bench.figure.CalibrationException;
import dev.bench.figure.Figure;
import dev.bench.image.ImageException;
import dev.bench.known.RestWorkload;
import dev.bench.lab.Lab;
import dev.bench.measure.startup.StartupMetrics;
import dev.bench.run.BenchRun;
import dev.bench.run.RunOutcome;
import dev.bench.run.RunRequest;
import dev.bench.scenario.Baseline;
import dev.bench.scenario.Planner;
import dev.bench.scenario.ScenarioException;
import dev.bench.scenario.ScenarioReader;
import dev.bench.session.Cancellation;
import dev.bench.session.SessionListener;
import dev.bench.target.TargetDriver;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/** Tries the gate on the real container engine: how often it is wrong where nothing changed, and what it finds. */
final class GateFigures {
    /** As few blocks as a scenario is to have; two sessions of them make twenty pairs. */
    private static final String PLAN = "{blocks: 10}";

    private static final String TARGETS = "{container: {docker: {}}}";

    private static final Duration REST = Duration.ofMillis(20);
    private static final double CHANGE = 0.1;

    private final Path directory;
    private final Path cacheDirectory;
    private final List<TargetDriver> drivers;
    private final Lab lab;
    private final Cancellation cancellation;
    private final Consumer<String> progress;
    private double readyMillis;

    GateFigures(
            Path directory,
            Path cacheDirectory,
            List<TargetDriver> drivers,
            Lab lab,
            Cancellation cancellation,
            Consumer<String> progress) {
        this.directory = directory;
        this.cacheDirectory = cacheDirectory;
        this.drivers = drivers;
        this.lab = lab;
        this.cancellation = cancellation;
        this.progress = progress;
    }

    /** Runs gates of an image against itself, and counts those that found any change. */
    Figure falseAlarms(int gates) throws CalibrationException, ImageException, IOException {
        Path scenario = RestWorkload.write(directory, REST, REST, TARGETS, PLAN);
        int alarms = 0;
        for (int gate = 1; gate <= gates && !cancellation.requested(); gate++) {
            boolean alarm = run(scenario, gate).rows().stream()
                    .anyMatch(row -> row.outcome() == Outcome.REGRESSED || row.outcome() == Outcome.IMPROVED);
            alarms += alarm ? 1 : 0;
            progress.accept("A/A gate " + gate + " of " + gates + ": " + (alarm ? "false alarm" : "no alarm"));
        }
        return count("gates of an image against itself, false alarms", alarms, gates, 0, Figure.Kind.AT_MOST);
    }

    /** Runs gates of an image that rests longer, by a tenth of what the other took to be ready before. */
    Figure caught(int gates) throws CalibrationException, ImageException, IOException {
        Duration longer = REST.plusMillis(Math.round(CHANGE * readyMillis));
        Path scenario = RestWorkload.write(directory, REST, longer, TARGETS, PLAN);
        int caught = 0;
        for (int gate = 1; gate <= gates && !cancellation.requested(); gate++) {
            boolean found = run(scenario, gate).rows().stream()
                    .anyMatch(row -> row.measurand().id().equals(StartupMetrics.READY.id())
                            && row.outcome() == Outcome.REGRESSED);
            caught += found ? 1 : 0;
            progress.accept(
                    "gate " + gate + " of " + gates + " of an image 10 % slower: " + (found ? "caught" : "not caught"));
        }
        return count("gates of an image 10 % slower, caught", caught, gates, gates, Figure.Kind.AT_LEAST);
    }

    private ComparisonReport run(Path scenario, int seed) throws CalibrationException, ImageException {
        Planner.Planned planned;
        try {
            planned = new Planner(drivers)
                    .gate(
                            new ScenarioReader(drivers).read(scenario),
                            new Planner.Overrides(null, null, null, (long) seed, List.of()),
                            Baseline.none());
        } catch (ScenarioException e) {
            throw new CalibrationException("the built-in scenario is wrong: " + e.getMessage(), e);
        }
        RunRequest request = new RunRequest(
                planned.plan(),
                planned.warnings(),
                directory.resolve("results"),
                cacheDirectory,
                Map.of(),
                drivers,
                "calibration",
                List.of());
        RunOutcome outcome = new BenchRun(request, new SessionListener() {}, cancellation).run(lab);
        ComparisonReport verdict = outcome.gate();
        if (outcome.failure() != null || verdict == null) {
            throw new CalibrationException(
                    outcome.failure() == null ? "a gate measured nothing" : outcome.failure(), null);
        }
        verdict.rows().stream()
                .filter(row -> row.measurand().id().equals(StartupMetrics.READY.id()))
                .findFirst()
                .flatMap(row -> row.base().median())
                .ifPresent(median -> readyMillis = median);
        return verdict;
    }

    private static Figure count(String name, int seen, int all, int limit, Figure.Kind kind) {
        return new Figure(name, String.format(Locale.ROOT, "%d of %d", seen, all), "", seen, limit, kind);
    }
}
