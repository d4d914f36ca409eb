package dev.bench.cli;

import dev.bench.compare.Comparer;
import dev.bench.compare.ComparisonReport;
import dev.bench.compare.Outcome;
import dev.bench.compare.Sides;
import dev.bench.compare.render.GithubAnnotations;
import dev.bench.compare.render.HtmlComparison;
import dev.bench.compare.render.JsonComparison;
import dev.bench.compare.render.JunitComparison;
import dev.bench.compare.render.MarkdownComparison;
import dev.bench.compare.render.OpenMetricsComparison;
import dev.bench.compare.render.TerminalComparison;
import dev.bench.host.ToolVersion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

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
    /** GitHub refuses a step's summary beyond a mebibyte. */
    private static final int MOST_SUMMARY_BYTES = 1_000_000;

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(index = "0", paramLabel = "BASE", description = "What is held against.")
    private @Nullable String base;

    @Parameters(index = "1", paramLabel = "HEAD", description = "What is judged.")
    private @Nullable String head;

    @Option(names = "--json", description = "Print the comparison as JSON instead of a table.")
    private boolean json;

    @Option(names = "--markdown", paramLabel = "FILE", description = "Write Markdown for a pull request.")
    private @Nullable Path markdown;

    @Option(names = "--junit", paramLabel = "FILE", description = "Write JUnit XML, as Jenkins and GitLab read it.")
    private @Nullable Path junit;

    @Option(
            names = "--openmetrics",
            paramLabel = "FILE",
            description = "Write OpenMetrics text, as GitLab's metrics report reads it.")
    private @Nullable Path openMetrics;

    @Option(names = "--html", paramLabel = "FILE", description = "Write one HTML file with both on the same axes.")
    private @Nullable Path html;

    @Option(names = "--strict", description = "Exit with 4 where a comparison is inconclusive.")
    private boolean strict;

    @Override
    public Integer call() {
        Console console = Console.system();
        ComparisonReport report =
                Comparer.compare(Sides.read(Objects.requireNonNull(base)), Sides.read(Objects.requireNonNull(head)));
        write("--markdown", markdown, MarkdownComparison.render(report));
        write("--junit", junit, JunitComparison.render(report));
        write("--openmetrics", openMetrics, OpenMetricsComparison.render(report));
        if (html != null) {
            write(
                    "--html",
                    html,
                    HtmlComparison.render(report, ToolVersion.current().toString()));
        }
        console.result(json ? JsonComparison.render(report) : TerminalComparison.render(report));
        onGithub(console, report, System.getenv());
        return exitCode(report.outcome()).status();
    }

    private ExitCode exitCode(Outcome outcome) {
        return switch (outcome) {
            case REGRESSED -> ExitCode.REGRESSION;
            case INCONCLUSIVE -> strict ? ExitCode.INCONCLUSIVE : ExitCode.PASS;
            case IMPROVED, EQUIVALENT -> ExitCode.PASS;
        };
    }

    /** Annotations go to standard error, which GitHub reads too: standard output may hold JSON. */
    private void onGithub(Console console, ComparisonReport report, Map<String, String> environment) {
        if ("true".equals(environment.get("GITHUB_ACTIONS"))) {
            GithubAnnotations.render(report).forEach(console::say);
        }
        String summary = environment.getOrDefault("GITHUB_STEP_SUMMARY", "");
        if (summary.isEmpty()) {
            return;
        }
        String text = MarkdownComparison.render(report);
        if (text.getBytes(StandardCharsets.UTF_8).length > MOST_SUMMARY_BYTES) {
            text = text.substring(0, text.indexOf('\n')) + "\n\nToo large for a summary; see the other outputs.\n";
        }
        try {
            Files.writeString(
                    Path.of(summary),
                    text + "\n",
                    StandardCharsets.UTF_8,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            console.problem("the step summary was not written: " + e);
        }
    }

    private void write(String option, @Nullable Path file, String content) {
        if (file == null) {
            return;
        }
        try {
            Files.writeString(file, content, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new ParameterException(
                    Objects.requireNonNull(spec).commandLine(),
                    option + ": cannot write " + file + " (" + e.getClass().getSimpleName()
                            + "); name a file in a directory that exists and can be written to");
        }
    }
}
