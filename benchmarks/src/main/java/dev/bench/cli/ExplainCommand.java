package dev.bench.cli;

import dev.bench.analysis.Analysed;
import dev.bench.compare.ComparisonReport;
import dev.bench.compare.Gates;
import dev.bench.compare.Sides;
import dev.bench.compare.render.Explanation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Explains a verdict. */
@Command(
        name = "explain",
        synopsisHeading = "Usage: ",
        customSynopsis = {
            "bench explain [--target=NAME] RESULT METRIC",
            "       bench explain [--target=NAME] BASE HEAD METRIC"
        },
        description = {
            "Say why a verdict fell, step by step, with the numbers.",
            "",
            "Of one result: a target against the reference, or in a gate against its baseline. Of two: HEAD against BASE, as `bench compare` judges them."
                    + " The numbers are computed anew from the launches."
        },
        footer = {
            "%nExamples:",
            "  bench explain results/startup-20261124T120000Z startup.ready_ms --target vm",
            "  bench explain old.json new.json org.example.Parsing.small:avgt",
            "%nExit status: 0 explained, 1 internal error, 2 usage error, or no such metric or target."
        },
        mixinStandardHelpOptions = true)
final class ExplainCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(
            arity = "0..3",
            hideParamSyntax = true,
            paramLabel = "RESULT [HEAD] METRIC",
            description = "One result or two, and a metric.")
    private List<String> arguments = new ArrayList<>();

    @Option(names = "--target", paramLabel = "NAME", description = "Explain this target only.")
    private @Nullable String target;

    @Override
    public Integer call() {
        if (arguments.size() < 2) {
            throw new ParameterException(
                    Objects.requireNonNull(spec).commandLine(), "name one result or two, and a metric behind them");
        }
        String metric = arguments.get(arguments.size() - 1);
        Console.system().text(arguments.size() == 3 ? ofTwo(metric) : ofOne(metric));
        return ExitCode.PASS.status();
    }

    private String ofTwo(String metric) {
        return Explanation.of(Gates.compare(arguments.get(0), arguments.get(1)), metric, target);
    }

    private String ofOne(String metric) {
        Path directory = Path.of(arguments.get(0)).toAbsolutePath().normalize();
        Analysed analysed = Sides.analysed(directory);
        Optional<ComparisonReport> gate = Gates.judge(directory, analysed)
                .filter(verdict -> target == null
                        || verdict.rows().stream().anyMatch(row -> row.target().equals(target)));
        return gate.isPresent() ? Explanation.of(gate.get(), metric, target) : Explanation.of(analysed, metric, target);
    }
}
