package dev.bench.cli;

import dev.bench.document.TextTable;
import dev.bench.grammar.Spelling;
import dev.bench.plan.Plan;
import dev.bench.result.Claim;
import dev.bench.scenario.Planner;
import dev.bench.target.LabException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs the scenarios of published figures. */
@Command(
        name = "reproduce",
        description = {
            "Measure what was published, and say whether it holds here.",
            "",
            "Each name is that of a file in the directory `scenarios/published` that comes with the tool; all of them"
                    + " without a name. A scenario of your own may hold claims too: `bench run` judges them as well."
        },
        footer = {
            "%nExamples:",
            "  bench reproduce --list",
            "  bench reproduce --yes notes-startup",
            "  bench reproduce",
            ExitCode.HELP
        },
        mixinStandardHelpOptions = true)
final class ReproduceCommand implements Callable<Integer> {
    private static final String ENDING = ".yaml";

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(arity = "0..*", paramLabel = "NAME", description = "Published figures; all where none is named.")
    private List<String> names = new ArrayList<>();

    @Option(names = "--list", description = "Show what was published and where, and measure nothing.")
    private boolean list;

    @Mixin
    private ResultArguments resultArguments = new ResultArguments();

    @Mixin
    private PlanArguments planArguments = new PlanArguments();

    @Mixin
    private LabArguments labArguments = new LabArguments();

    @Override
    public Integer call() throws LabException, IOException {
        Console console = Console.system();
        @Nullable String launcher = System.getProperty("bench.launcher");
        List<Path> scenarios = chosen(published(Path.of(launcher == null ? "bench" : launcher)));
        CheckedPlans checked = CheckedPlans.of(
                scenarios,
                planArguments.overrides(),
                new GateArguments(),
                labArguments.cache(),
                labArguments.endpoints().keySet());
        if (list) {
            console.text(
                    table(checked.plans().stream().map(Planner.Planned::plan).toList(), console.outColumns()));
        }
        if (!checked.faults().isEmpty()) {
            checked.faults().forEach(console::problem);
            return ExitCode.USAGE.status();
        }
        if (list) {
            return ExitCode.PASS.status();
        }
        return new HostRuns(console, labArguments, resultArguments.yes(), HostRuns.commandLine(spec))
                .run(
                        checked.plans(),
                        new RunSequence.Settings(resultArguments.out(), false, false),
                        gate -> {},
                        outcome -> {})
                .status();
    }

    /** Returns a row for every publication of every scenario. */
    static String table(List<Plan> plans, int width) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("name", "measure", "claims", "published by"));
        for (Plan plan : plans) {
            Map<String, Long> claims = plan.claims().stream()
                    .collect(Collectors.groupingBy(Claim::source, LinkedHashMap::new, Collectors.counting()));
            claims.forEach(
                    (source, count) -> rows.add(List.of(plan.name(), plan.measure(), String.valueOf(count), source)));
        }
        return TextTable.render(rows, width);
    }

    /** Returns the files that come with the tool, by their names. */
    private static List<Path> published(Path launcher) throws IOException {
        Path directory = launcher.toAbsolutePath().resolveSibling("scenarios").resolve("published");
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(ENDING))
                    .sorted()
                    .toList();
        }
    }

    private List<Path> chosen(List<Path> published) {
        List<String> known = published.stream().map(ReproduceCommand::name).toList();
        for (String name : names) {
            if (!known.contains(name)) {
                throw new ParameterException(
                        Objects.requireNonNull(spec).commandLine(),
                        "nothing published is called '" + name + "'"
                                + Spelling.stop(name, known)
                                + " There is " + String.join(", ", known));
            }
        }
        return published.stream()
                .filter(file -> names.isEmpty() || names.contains(name(file)))
                .toList();
    }

    private static String name(Path file) {
        String name = file.getFileName().toString();
        return name.substring(0, name.length() - ENDING.length());
    }
}
