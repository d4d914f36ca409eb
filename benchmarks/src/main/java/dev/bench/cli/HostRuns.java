package dev.bench.cli;

import dev.bench.compare.ComparisonReport;
import dev.bench.host.ToolVersion;
import dev.bench.image.ImageException;
import dev.bench.lab.Leftovers;
import dev.bench.lab.MeasuringLock;
import dev.bench.run.BenchRun;
import dev.bench.run.RunOutcome;
import dev.bench.run.RunRequest;
import dev.bench.scenario.Planner;
import dev.bench.session.Cancellation;
import dev.bench.target.Drivers;
import dev.bench.target.LabException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/** Measures on this host, once it is known to hold what is asked for and nobody else measures on it. */
final class HostRuns {
    private final Console console;
    private final LabArguments lab;
    private final boolean yes;
    private final List<String> commandLine;

    /**
     * Prepares runs.
     *
     * @param yes whether missing packages are installed without asking
     * @param commandLine as given, to be stored
     */
    HostRuns(Console console, LabArguments lab, boolean yes, List<String> commandLine) {
        this.console = console;
        this.lab = lab;
        this.yes = yes;
        this.commandLine = commandLine;
    }

    /** Returns a command line as given, for whoever wants to repeat it. */
    static List<String> commandLine(@Nullable CommandSpec spec) {
        List<String> command = new ArrayList<>(List.of("bench"));
        if (spec != null) {
            command.addAll(spec.root().commandLine().getParseResult().originalArgs());
        }
        return command;
    }

    /**
     * Runs plans one after another; returns the worst of their outcomes.
     *
     * @param gates hears of every gate's verdict
     * @param outcomes hears how every run ended, before it is told of
     * @throws LabException where somebody else measures on this host
     */
    ExitCode run(
            List<Planner.Planned> plans,
            RunSequence.Settings settings,
            Consumer<ComparisonReport> gates,
            Consumer<RunOutcome> outcomes)
            throws LabException {
        RunSequence.announce(console, plans);
        ExitCode fit = Fitness.require(console, plans, lab, yes);
        if (fit != ExitCode.PASS) {
            return fit;
        }
        Cancellation cancellation = new Cancellation();
        CountDownLatch ended = new CountDownLatch(1);
        Shutdown.onSignal(
                console, cancellation, ended, "stopping: finished launches are kept, everything else is removed");
        String names = plans.stream()
                .map(planned -> planned.plan().scenarioFile())
                .toList()
                .toString();
        try (MeasuringLock lock = MeasuringLock.acquire(names)) {
            Leftovers.removeDead(Drivers.all(), lab.cache()).forEach(console::say);
            RunSequence.Runner runner = planned -> {
                RunOutcome outcome = run(planned, cancellation, settings.out());
                outcomes.accept(outcome);
                return outcome;
            };
            return new RunSequence(console, settings, cancellation, runner, gates).run(plans);
        } finally {
            ended.countDown();
        }
    }

    private RunOutcome run(Planner.Planned planned, Cancellation cancellation, Path out)
            throws LabException, ImageException {
        RunRequest request = new RunRequest(
                planned.plan(),
                planned.warnings(),
                out,
                lab.cache(),
                lab.endpoints(),
                Drivers.all(),
                ToolVersion.current().toString(),
                commandLine);
        return new BenchRun(request, new RunProgress(console, planned.plan()), cancellation).run();
    }
}
