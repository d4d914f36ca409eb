package dev.bench.cli;

import dev.bench.compare.Comparer;
import dev.bench.compare.Sides;
import dev.bench.compare.render.Explanation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

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
            "Of one result: a target against the reference. Of two: HEAD against BASE, as `bench compare` judges them."
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
    @Parameters(arity = "2..3", paramLabel = "RESULT [HEAD] METRIC", description = "One result or two, and a metric.")
    private List<String> arguments = new ArrayList<>();

    @Option(names = "--target", paramLabel = "NAME", description = "Explain this target only.")
    private @Nullable String target;

    @Override
    public Integer call() {
        String metric = arguments.get(arguments.size() - 1);
        Console.system().result(arguments.size() == 3 ? ofTwo(metric) : ofOne(metric));
        return ExitCode.PASS.status();
    }

    private String ofTwo(String metric) {
        return Explanation.of(
                Comparer.compare(Sides.read(arguments.get(0)), Sides.read(arguments.get(1))), metric, target);
    }

    private String ofOne(String metric) {
        Path directory = Path.of(arguments.get(0)).toAbsolutePath().normalize();
        return Explanation.of(Sides.analysed(directory), metric, target);
    }
}
