package dev.bench.cli;

import dev.bench.compare.ComparisonReport;
import dev.bench.compare.Gates;
import dev.bench.compare.render.JsonComparison;
import dev.bench.compare.render.TerminalComparison;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Compares two stored results. */
@Command(
        name = "compare",
        description = {
            "Say what is better or worse in HEAD than in BASE, metric by metric and target by target.",
            "",
            "BASE and HEAD are result directories, targets of one (RESULT@TARGET), or JSON files of JMH, of any project."
                    + " Two targets of the same result are compared block by block, two results launch against launch."
                    + " A verdict is regressed, improved, equivalent within the margin, or inconclusive; figures from"
                    + " another class of host or another accelerator are always inconclusive.",
            "",
            "On GitHub (GITHUB_ACTIONS, GITHUB_STEP_SUMMARY) annotations and the step summary are written too."
        },
        footer = {
            "%nExamples:",
            "  bench compare results/startup-20261124T120000Z results/startup-20261125T120000Z",
            "  bench compare --html diff.html --junit diff.xml old.json new.json",
            "  bench compare results/startup-20261124T120000Z@runc results/startup-20261124T120000Z@crun",
            ExitCode.HELP
        },
        mixinStandardHelpOptions = true)
final class CompareCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "BASE", description = "What is held against.")
    private @Nullable String base;

    @Parameters(index = "1", paramLabel = "HEAD", description = "What is judged.")
    private @Nullable String head;

    @Option(names = "--json", description = "Print the comparison as JSON instead of a table.")
    private boolean json;

    @Mixin
    private ComparisonOutputs outputs = new ComparisonOutputs();

    @Option(names = "--strict", description = "Exit with 4 where a comparison is inconclusive.")
    private boolean strict;

    @Override
    public Integer call() {
        Console console = Console.system();
        ComparisonReport report = Gates.compare(Objects.requireNonNull(base), Objects.requireNonNull(head));
        outputs.write(report);
        if (json) {
            console.result(JsonComparison.render(report));
        } else {
            console.text(TerminalComparison.render(report, console.outColumns()));
        }
        outputs.onGithub(console, report, System.getenv());
        return ExitCode.of(report.outcome(), strict).status();
    }
}
