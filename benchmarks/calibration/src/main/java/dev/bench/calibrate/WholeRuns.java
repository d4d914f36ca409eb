package dev.bench.calibrate;

import dev.bench.figure.CalibrationException;
import dev.bench.image.ImageException;
import dev.bench.plan.Plan;
import dev.bench.run.BenchRun;
import dev.bench.run.RunOutcome;
import dev.bench.run.RunRequest;
import dev.bench.scenario.Planner;
import dev.bench.scenario.ScenarioException;
import dev.bench.scenario.ScenarioReader;
import dev.bench.session.Cancellation;
import dev.bench.session.SessionListener;
import dev.bench.target.LabException;
import dev.bench.target.TargetDriver;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Makes runs as the command line does, each with a lab of its own. */
final class WholeRuns {
    private final Path cacheDirectory;
    private final List<TargetDriver> drivers;
    private final Cancellation cancellation;

    WholeRuns(Path cacheDirectory, List<TargetDriver> drivers, Cancellation cancellation) {
        this.cacheDirectory = cacheDirectory;
        this.drivers = drivers;
        this.cancellation = cancellation;
    }

    /** Returns what a scenario asks for. */
    Plan plan(Path scenario) throws CalibrationException {
        return plan(scenario, Planner.Overrides.none());
    }

    /** Returns what a scenario asks for beside what replaces parts of it. */
    Plan plan(Path scenario, Planner.Overrides overrides) throws CalibrationException {
        try {
            return new Planner(drivers)
                    .plan(new ScenarioReader(drivers).read(scenario), overrides)
                    .plan();
        } catch (ScenarioException e) {
            throw new CalibrationException("the scenario " + scenario + " is wrong: " + e.getMessage(), e);
        }
    }

    /**
     * Makes a run.
     *
     * @param results where its result directory is made
     * @throws CalibrationException where it fails
     */
    RunOutcome run(Plan plan, Path results) throws CalibrationException, LabException, ImageException {
        RunRequest request =
                new RunRequest(plan, List.of(), results, cacheDirectory, Map.of(), drivers, "calibration", List.of());
        RunOutcome outcome = new BenchRun(request, new SessionListener() {}, cancellation).run();
        if (outcome.failure() != null) {
            throw new CalibrationException(outcome.failure(), null);
        }
        return outcome;
    }
}
