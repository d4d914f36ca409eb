package dev.bench.cli;

import dev.bench.scoreboard.Prices;
import dev.bench.target.LabException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
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
            "Several scenarios run one after another. Where one fails the next is run all the same, and the exit status is"
                    + " the worst of all. One more report, the scoreboard, begins with the table of process, container and virtual machine"
                    + " and holds all of them under one summary.",
            "",
            "With --gate every target also runs as its baseline, in the same blocks, and the run ends with what got worse"
                    + " or better. On GitHub annotations and the step summary are written too."
        },
        footer = {
            "%nExamples:",
            "  bench run --gate --baseline image=nginx:1.26 --junit gate.xml scenarios/startup.yaml",
            "  bench run --yes scenarios/startup.yaml",
            "  bench run --blocks 40 --target container --target vm scenarios/redis.yaml",
            "  bench run --yes scenarios/*.yaml",
            "  bench run --prices core-hour=0.04,gb-hour=0.005,currency=EUR scenarios/memory.yaml scenarios/ci.yaml",
            "  bench run --libvirt-uri qemu:///system scenarios/startup.yaml",
            ExitCode.HELP
        },
        mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(arity = "1..*", paramLabel = "SCENARIO", description = "Scenario files.")
    private List<Path> scenarios = new ArrayList<>();

    @Mixin
    private ResultArguments resultArguments = new ResultArguments();

    @Option(
            names = "--json",
            description =
                    "Print the analysed result, or a gate's verdict, as JSON instead of a table; an array where there"
                            + " are several scenarios.")
    private boolean json;

    @Option(names = "--strict", description = "Exit with 4 where a comparison is inconclusive.")
    private boolean strict;

    @Mixin
    private PlanArguments planArguments = new PlanArguments();

    @Mixin
    private PriceArguments priceArguments = new PriceArguments();

    @Mixin
    private GateArguments gateArguments = new GateArguments();

    @Mixin
    private ComparisonOutputs outputs = new ComparisonOutputs();

    @Mixin
    private LabArguments labArguments = new LabArguments();

    @Override
    public Integer call() throws LabException {
        Console console = Console.system();
        checkOutputs();
        Prices prices = prices();
        CheckedPlans checked = CheckedPlans.of(
                scenarios,
                planArguments.overrides(),
                gateArguments,
                labArguments.cache(),
                labArguments.endpoints().keySet());
        if (!checked.faults().isEmpty()) {
            checked.faults().forEach(console::problem);
            return ExitCode.USAGE.status();
        }
        return new HostRuns(console, labArguments, resultArguments.yes(), HostRuns.commandLine(spec))
                .run(
                        checked.plans(),
                        new RunSequence.Settings(resultArguments.out(), json, strict, prices),
                        gate -> {
                            outputs.write(gate);
                            outputs.onGithub(console, gate, System.getenv());
                        },
                        outcome -> {})
                .status();
    }

    private @Nullable Prices prices() {
        CommandLine command = Objects.requireNonNull(spec).commandLine();
        Prices prices = priceArguments.prices(command);
        if (prices != null && scenarios.size() == 1) {
            throw PriceArguments.misplaced(command, "scenarios");
        }
        return prices;
    }

    private void checkOutputs() {
        if (!outputs.files().isEmpty() && (!gateArguments.isGate() || scenarios.size() > 1)) {
            throw new ParameterException(
                    Objects.requireNonNull(spec).commandLine(),
                    outputs.files().keySet().iterator().next() + " goes with --gate and one scenario only");
        }
        outputs.require();
    }
}
