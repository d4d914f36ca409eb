package dev.bench.cli;

import dev.bench.compare.ComparisonReport;
import dev.bench.compare.render.JsonComparison;
import dev.bench.compare.render.TerminalComparison;
import dev.bench.docker.DockerLeftovers;
import dev.bench.engine.Cancellation;
import dev.bench.host.ToolVersion;
import dev.bench.image.ImageException;
import dev.bench.lab.LabException;
import dev.bench.lab.Leftovers;
import dev.bench.lab.MeasuringLock;
import dev.bench.libvirt.LibvirtLeftovers;
import dev.bench.plan.MemoryFit;
import dev.bench.plan.Planner;
import dev.bench.report.TerminalSummary;
import dev.bench.run.BenchRun;
import dev.bench.run.RunOutcome;
import dev.bench.run.RunRequest;
import dev.bench.scenario.ScenarioException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Measures, stores and reports. */
@Command(
        name = "run",
        description = {
            "Measure scenarios, store the results and write the reports.",
            "",
            "Starts a lab of its own (a network namespace with a private container engine and libvirt's embedded"
                    + " driver), makes one image ready for every target, proves that all targets run the same workload,"
                    + " and launches them in randomised blocks. Leaves nothing behind but its cache.",
            "",
            "With --gate every target also runs as its baseline, in the same blocks, and the run ends with what got worse"
                    + " or better. On GitHub annotations and the step summary are written too."
        },
        footer = {
            "%nExamples:",
            "  bench run --gate --baseline image=nginx:1.26 --junit gate.xml scenarios/startup.yaml",
            "  bench run --yes scenarios/startup.yaml",
            "  bench run --blocks 40 --target container --target vm scenarios/redis.yaml",
            "  bench run --libvirt-uri qemu:///system scenarios/startup.yaml",
            ExitCode.HELP
        },
        mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(arity = "1..*", paramLabel = "SCENARIO", description = "Scenario files.")
    private List<Path> scenarios = new ArrayList<>();

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "results",
            description = "Where result directories are made (default: ${DEFAULT-VALUE}).")
    private Path out = Path.of("results");

    @Option(
            names = {"-y", "--yes"},
            description = "Install missing packages without asking.")
    private boolean yes;

    @Option(
            names = "--json",
            description = "Print the analysed result, or a gate's verdict, as JSON instead of a table.")
    private boolean json;

    @Option(names = "--strict", description = "Exit with 4 where a comparison is inconclusive.")
    private boolean strict;

    @Mixin
    private PlanArguments planArguments = new PlanArguments();

    @Mixin
    private GateArguments gateArguments = new GateArguments();

    @Mixin
    private ComparisonOutputs outputs = new ComparisonOutputs();

    @Mixin
    private LabArguments labArguments = new LabArguments();

    @Override
    public Integer call() throws ScenarioException, LabException {
        Console console = Console.system();
        checkOutputs();
        List<Planner.Planned> plans = new ArrayList<>();
        List<String> faults = new ArrayList<>();
        for (Path scenario : scenarios) {
            try {
                Planner.Planned planned = PlanCommand.plan(scenario, planArguments, gateArguments);
                plans.add(planned);
                MemoryFit.problem(planned.plan(), Drivers.all(), PlanCommand.hostBytes())
                        .ifPresent(problem -> faults.add(scenario + ": " + problem));
            } catch (ScenarioException e) {
                faults.add(String.valueOf(e.getMessage()));
            } catch (IllegalArgumentException e) {
                throw new ParameterException(
                        Objects.requireNonNull(spec).commandLine(), String.valueOf(e.getMessage()));
            }
        }
        if (!faults.isEmpty()) {
            faults.forEach(console::problem);
            return ExitCode.USAGE.status();
        }
        ExitCode fit = Fitness.require(console, plans, labArguments, yes);
        if (fit != ExitCode.PASS) {
            return fit.status();
        }
        Cancellation cancellation = new Cancellation();
        CountDownLatch ended = new CountDownLatch(1);
        Shutdown.onSignal(
                console, cancellation, ended, "stopping: finished launches are kept, everything else is removed");
        try (MeasuringLock lock = MeasuringLock.acquire(scenarios.toString())) {
            Leftovers.removeDead(List.of(new DockerLeftovers(), new LibvirtLeftovers()))
                    .forEach(console::say);
            ExitCode worst = ExitCode.PASS;
            for (Planner.Planned planned : plans) {
                ExitCode code = run(console, planned, cancellation);
                worst = code.status() > worst.status() ? code : worst;
            }
            return cancellation.requested() ? ExitCode.INTERRUPTED.status() : worst.status();
        } finally {
            ended.countDown();
        }
    }

    private void checkOutputs() {
        if (!outputs.files().isEmpty() && (!gateArguments.isGate() || scenarios.size() > 1)) {
            throw new ParameterException(
                    Objects.requireNonNull(spec).commandLine(),
                    outputs.files().keySet().iterator().next() + " goes with --gate and one scenario only");
        }
        outputs.require();
    }

    private ExitCode run(Console console, Planner.Planned planned, Cancellation cancellation) throws LabException {
        RunRequest request = new RunRequest(
                planned.plan(),
                planned.warnings(),
                out,
                labArguments.cache(),
                labArguments.dockerHost(),
                labArguments.libvirtUri(),
                ToolVersion.current().toString(),
                commandLine());
        console.say(planned.plan().name() + ": takes " + PlanCommand.estimate(planned.plan()));
        RunProgress progress = new RunProgress(console, planned.plan());
        RunOutcome outcome;
        try {
            outcome = new BenchRun(request, progress, cancellation).run();
        } catch (ImageException e) {
            console.problem(String.valueOf(e.getMessage()));
            return ExitCode.TARGET_FAILED;
        }
        if (outcome.analysed() != null) {
            ComparisonReport gate = outcome.gate();
            if (gate == null) {
                console.result(json ? JsonOutput.of(outcome.directory()) : TerminalSummary.render(outcome.analysed()));
            } else {
                console.result(json ? JsonComparison.render(gate) : TerminalComparison.render(gate));
                outputs.write(gate);
                outputs.onGithub(console, gate, System.getenv());
            }
            outcome.analysed().result().warnings().forEach(warning -> console.say("note: " + warning));
            console.say(String.format(
                    Locale.ROOT,
                    "%.0f s in all, %.0f s of it launching and removing",
                    outcome.wallSeconds(),
                    outcome.launchSeconds()));
            console.say("report: " + outcome.directory().resolve("report.html"));
        }
        return judge(console, outcome);
    }

    private ExitCode judge(Console console, RunOutcome outcome) {
        outcome.givenUp()
                .forEach((target, failure) -> console.problem("target " + target + " failed: " + failure.message()
                        + (failure.log() == null
                                ? ""
                                : "\n  log: " + outcome.directory().resolve(failure.log()))));
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
        if (outcome.gate() != null) {
            return ExitCode.of(outcome.gate().outcome(), strict);
        }
        boolean inconclusive = outcome.analysed() != null
                && outcome.analysed().result().comparisons().stream()
                        .anyMatch(row -> row.verdict().equals("inconclusive"));
        return strict && inconclusive ? ExitCode.INCONCLUSIVE : ExitCode.PASS;
    }

    private List<String> commandLine() {
        List<String> command = new ArrayList<>(List.of("bench"));
        if (spec != null) {
            command.addAll(spec.root().commandLine().getParseResult().originalArgs());
        }
        return command;
    }
}
