package dev.bench.cli;

import dev.bench.document.Numbers;
import dev.bench.host.HostFacts;
import dev.bench.host.SystemFiles;
import dev.bench.measure.HostView;
import dev.bench.measure.Measures;
import dev.bench.measure.PlanLine;
import dev.bench.plan.BlockOrder;
import dev.bench.plan.Plan;
import dev.bench.result.Count;
import dev.bench.result.Secrets;
import dev.bench.scenario.HostFit;
import dev.bench.scenario.Planner;
import dev.bench.scenario.ScenarioException;
import dev.bench.scenario.ScenarioReader;
import dev.bench.target.Drivers;
import dev.bench.target.Endpoint;
import dev.bench.target.TargetDefinition;
import dev.bench.target.TargetDriver;
import dev.bench.workload.Service;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints what a run would do. */
@Command(
        name = "plan",
        description = {
            "Print the resolved plan of a scenario; nothing is run.",
            "",
            "Every default is filled in, and the order of the launches is the one a run will follow."
        },
        footer = {ExitCode.HELP},
        mixinStandardHelpOptions = true)
final class PlanCommand implements Callable<Integer> {
    private static final Path CACHE = Path.of(CacheArgument.DEFAULT);

    /** Which existing services there will be is said when a plan is run. */
    private static final Set<String> EVERY = Drivers.all().stream()
            .flatMap(driver -> driver.endpoint().stream())
            .map(Endpoint::key)
            .collect(Collectors.toUnmodifiableSet());

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "SCENARIO", description = "A scenario file.")
    private @Nullable Path scenario;

    @Mixin
    private PlanArguments arguments = new PlanArguments();

    @Mixin
    private GateArguments gateArguments = new GateArguments();

    @Override
    public Integer call() throws ScenarioException {
        Console console = Console.system();
        Planner.Planned planned;
        try {
            planned = plan(Objects.requireNonNull(scenario), arguments.overrides(), gateArguments);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(Objects.requireNonNull(spec).commandLine(), String.valueOf(e.getMessage()));
        }
        Plan plan = planned.plan();
        HostView host = hostView(plan, CACHE, EVERY);
        Optional<String> unfit = HostFit.problem(plan, host);
        if (unfit.isPresent()) {
            console.problem(unfit.get());
            return ExitCode.USAGE.status();
        }
        StringBuilder out = new StringBuilder();
        out.append("scenario   ")
                .append(plan.name())
                .append(", measures ")
                .append(plan.measure())
                .append('\n');
        if (plan.workload().stack() == null) {
            out.append("image      ").append(plan.workload().image().describe()).append('\n');
            out.append("command    ")
                    .append(
                            plan.workload().overrides().command() == null
                                    ? "the image's own"
                                    : Secrets.mask(String.join(
                                            " ", plan.workload().overrides().command())))
                    .append('\n');
        } else {
            plan.workload()
                    .stack()
                    .services()
                    .forEach(service -> out.append("service    ")
                            .append(describe(service, plan.workload().stack().front()))
                            .append('\n'));
        }
        out.append("ready      ").append(plan.workload().readiness().describe()).append('\n');
        out.append("limits     ").append(plan.limits().describe()).append('\n');
        for (TargetDefinition target : plan.targets()) {
            out.append("target     ").append(target.name()).append(": ").append(target.driver());
            target.options().entrySet().stream()
                    .filter(option -> !option.getValue().isEmpty())
                    .sorted(Map.Entry.comparingByKey())
                    .forEach(option ->
                            out.append(' ').append(option.getKey()).append('=').append(option.getValue()));
            out.append(target.name().equals(plan.reference()) ? " (reference)\n" : "\n");
        }
        out.append("blocks     ")
                .append(plan.schedule().warmupBlocks())
                .append(" discarded + ")
                .append(plan.schedule().blocks())
                .append(" measured, ")
                .append(Count.of(plan.schedule().sessions(), "session"))
                .append(", seed ")
                .append(plan.schedule().seed())
                .append('\n');
        for (PlanLine line : Measures.of(plan).describe(plan.settings(), host)) {
            out.append(String.format("%-11s%s%n", line.name(), line.text()));
        }
        if (plan.gate() != null) {
            out.append("gate       against its baseline (")
                    .append(plan.gate().baseline())
                    .append(")\n");
            plan.gate()
                    .budgets()
                    .forEach((metric, budget) -> out.append("budget     ")
                            .append(metric)
                            .append(": ")
                            .append(Numbers.percent(budget))
                            .append('\n'));
            plan.gate()
                    .limits()
                    .forEach((metric, bound) -> out.append("limit      ")
                            .append(metric)
                            .append(bound.min() == null ? "" : ", min " + bound.min())
                            .append(bound.max() == null ? "" : ", max " + bound.max())
                            .append('\n'));
            plan.gate().notes().forEach(console::say);
        }
        out.append("takes      ").append(RunTime.words(RunTime.of(plan))).append('\n');
        for (int block = 0; block < Math.min(4, plan.schedule().blocksPerSession()); block++) {
            out.append("  block ")
                    .append(block)
                    .append("  ")
                    .append(String.join(", ", BlockOrder.order(plan, 1, block)))
                    .append('\n');
        }
        planned.warnings().forEach(console::say);
        console.text(out.toString());
        return ExitCode.PASS.status();
    }

    private static String describe(Service service, String front) {
        List<String> waits = service.dependencies().stream()
                .map(dependency -> dependency.service() + " "
                        + dependency.condition().name().toLowerCase(Locale.ROOT))
                .toList();
        return service.name() + ": " + service.image().describe()
                + (waits.isEmpty() ? "" : ", after " + String.join(", ", waits))
                + (service.name().equals(front) ? " (front)" : "");
    }

    static Planner.Planned plan(Path scenario, Planner.Overrides overrides, GateArguments gate)
            throws ScenarioException {
        List<TargetDriver> drivers = Drivers.all();
        return gate.plan(drivers, new ScenarioReader(drivers).read(scenario), overrides);
    }

    /**
     * Returns what a plan's measure needs to know of this host.
     *
     * @param cache directory below which instances are kept
     * @param existing keys of the existing services that are used instead of a lab's own
     */
    static HostView hostView(Plan plan, Path cache, Set<String> existing) {
        return HostFit.view(
                plan,
                Drivers.all(),
                SystemFiles.ofHost().memoryBytes("MemTotal").orElse(Long.MAX_VALUE),
                HostFacts.freeBytes(cache).orElse(Long.MAX_VALUE),
                existing);
    }
}
