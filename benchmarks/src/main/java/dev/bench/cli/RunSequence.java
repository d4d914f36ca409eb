package dev.bench.cli;

import dev.bench.analysis.Analysed;
import dev.bench.analysis.Verdict;
import dev.bench.compare.ComparisonReport;
import dev.bench.compare.render.JsonComparison;
import dev.bench.compare.render.TerminalComparison;
import dev.bench.host.ToolVersion;
import dev.bench.image.ImageException;
import dev.bench.report.ReportException;
import dev.bench.report.TerminalSummary;
import dev.bench.result.ResultStore;
import dev.bench.run.RunOutcome;
import dev.bench.scenario.Planner;
import dev.bench.scoreboard.Prices;
import dev.bench.scoreboard.Scoreboards;
import dev.bench.session.Cancellation;
import dev.bench.target.LabException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Runs scenarios one after another, goes on with the next where one fails, and sums up several in a scoreboard. */
final class RunSequence {
    private final Console console;
    private final Settings settings;
    private final Cancellation cancellation;
    private final Runner runner;
    private final Consumer<ComparisonReport> gates;
    private final Instant begun = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    private final List<ResultStore> results = new ArrayList<>();
    private final List<String> missing = new ArrayList<>();
    private final List<ComparisonReport> verdicts = new ArrayList<>();

    /**
     * Prepares the sequence.
     *
     * @param gates hears of every gate's verdict, to write it where it is wanted
     */
    RunSequence(
            Console console,
            Settings settings,
            Cancellation cancellation,
            Runner runner,
            Consumer<ComparisonReport> gates) {
        this.console = console;
        this.settings = settings;
        this.cancellation = cancellation;
        this.runner = runner;
        this.gates = gates;
    }

    /** Runs one scenario to its end. */
    @FunctionalInterface
    interface Runner {
        RunOutcome run(Planner.Planned planned) throws LabException, ImageException;
    }

    /**
     * Says how outcomes are told.
     *
     * @param out folder of the results
     * @param json whether results are printed as JSON
     * @param strict whether an inconclusive comparison has an exit status of its own
     * @param prices what resources cost, or null where nobody said
     */
    record Settings(
            Path out,
            boolean json,
            boolean strict,
            @Nullable Prices prices) {
        /** Says how outcomes are told where nobody said what resources cost. */
        Settings(Path out, boolean json, boolean strict) {
            this(out, json, strict, null);
        }
    }

    /** Says beforehand how long each scenario takes, and all of them. */
    static void announce(Console console, List<Planner.Planned> plans) {
        Duration sum = Duration.ZERO;
        for (Planner.Planned planned : plans) {
            Duration estimate = RunTime.of(planned.plan());
            console.say(planned.plan().name() + ": takes " + RunTime.words(estimate));
            sum = sum.plus(estimate);
        }
        if (plans.size() > 1) {
            console.say("all " + plans.size() + " scenarios: take " + RunTime.words(sum));
        }
    }

    /** Runs all; returns the worst of their outcomes. */
    ExitCode run(List<Planner.Planned> plans) {
        ExitCode worst = ExitCode.PASS;
        for (Planner.Planned planned : plans) {
            if (cancellation.requested()) {
                missing.add(planned.plan().name() + " was not measured: the run was stopped before it");
            } else {
                worst = worst.orWorse(run(planned));
            }
        }
        boolean several = plans.size() > 1;
        if (settings.json() && several) {
            console.result(JsonOutput.of(results));
        } else if (settings.json() && !verdicts.isEmpty()) {
            console.result(JsonComparison.render(verdicts.get(0)));
        } else if (settings.json() && !results.isEmpty()) {
            console.result(JsonOutput.of(results.get(0)));
        }
        if (several && !results.isEmpty()) {
            worst = worst.orWorse(scoreboard());
        }
        return cancellation.requested() ? ExitCode.INTERRUPTED : worst;
    }

    private ExitCode run(Planner.Planned planned) {
        String name = planned.plan().name();
        try {
            RunOutcome outcome = runner.run(planned);
            Analysed analysed = outcome.analysed();
            if (analysed == null) {
                String failure = outcome.failure();
                missing.add(name + " was not measured" + (failure == null ? "" : ": " + failure));
            } else {
                tell(outcome, analysed);
            }
            return judge(outcome);
        } catch (ReportException e) {
            Failures.Complaint complaint = Failures.judge(e);
            missing.add(name + " was measured, but " + e.getMessage());
            console.problem(name + ": " + complaint.message());
            return complaint.code();
        } catch (LabException | ImageException | RuntimeException e) {
            Failures.Complaint complaint = Failures.judge(e);
            missing.add(name + " was not measured: " + complaint.message());
            console.problem(name + ": " + complaint.message());
            return complaint.code();
        }
    }

    private void tell(RunOutcome outcome, Analysed analysed) {
        results.add(new ResultStore(outcome.directory()));
        ComparisonReport gate = outcome.gate();
        if (!settings.json()) {
            int width = console.outColumns();
            console.text(
                    gate == null ? TerminalSummary.render(analysed, width) : TerminalComparison.render(gate, width));
        }
        if (gate != null) {
            verdicts.add(gate);
            gates.accept(gate);
        }
        analysed.result().warnings().stream()
                // Said by itself, once.
                .filter(warning ->
                        outcome.givenUp().values().stream().noneMatch(failure -> warning.endsWith(failure.message()))
                                && (outcome.failure() == null || !warning.endsWith(outcome.failure())))
                .forEach(warning -> console.say("note: " + warning));
        console.say(String.format(
                Locale.ROOT,
                "%.0f s in all, %.0f s of it launching and removing",
                outcome.wallSeconds(),
                outcome.launchSeconds()));
        console.say("report: " + outcome.directory().resolve("report.html"));
    }

    private ExitCode judge(RunOutcome outcome) {
        outcome.givenUp()
                .forEach((target, failure) -> console.problem("target " + target + " was given up: "
                        // Why was said in full when it happened.
                        + (failure.log() == null
                                ? failure.message()
                                : failure.lastWords() + "; log: "
                                        + outcome.directory().resolve(failure.log()))));
        String failure = outcome.failure();
        if (failure != null) {
            console.problem(failure);
            return switch (outcome.blame()) {
                case TARGET -> ExitCode.TARGET_FAILED;
                case HOST -> ExitCode.HOST_UNFIT;
                case TOOL -> ExitCode.INTERNAL_ERROR;
            };
        }
        if (!outcome.givenUp().isEmpty()) {
            return ExitCode.TARGET_FAILED;
        }
        ComparisonReport gate = outcome.gate();
        if (gate != null) {
            return ExitCode.of(gate.outcome(), settings.strict());
        }
        boolean inconclusive = outcome.analysed() != null
                && outcome.analysed().result().comparisons().stream()
                        .anyMatch(row -> row.verdict().equals(Verdict.INCONCLUSIVE.label()));
        return settings.strict() && inconclusive ? ExitCode.INCONCLUSIVE : ExitCode.PASS;
    }

    private ExitCode scoreboard() {
        try {
            Scoreboards.Written written = Scoreboards.write(
                    settings.out(),
                    begun,
                    results,
                    missing,
                    settings.prices(),
                    ToolVersion.current().toString(),
                    console.outColumns());
            if (!settings.json()) {
                console.text(written.text());
            }
            missing.forEach(note -> console.say("note: " + note));
            console.say("scoreboard: " + written.directory().resolve("report.html"));
            return ExitCode.PASS;
        } catch (RuntimeException | LinkageError e) {
            Failures.Complaint complaint = Failures.judge(e);
            console.problem("scoreboard: " + complaint.message());
            return complaint.code();
        }
    }
}
