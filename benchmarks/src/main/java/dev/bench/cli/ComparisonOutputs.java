package dev.bench.cli;

import dev.bench.compare.ComparisonReport;
import dev.bench.compare.render.GithubAnnotations;
import dev.bench.compare.render.HtmlComparison;
import dev.bench.compare.render.JunitComparison;
import dev.bench.compare.render.MarkdownComparison;
import dev.bench.compare.render.OpenMetricsComparison;
import dev.bench.host.ToolVersion;
import dev.bench.result.FileFault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Holds the options that write a comparison into files, and writes them. */
final class ComparisonOutputs {
    /** GitHub refuses a step's summary beyond a mebibyte. */
    private static final int MOST_SUMMARY_BYTES = 1_000_000;

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec spec;

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

    /** Returns the files asked for, by option. */
    Map<String, Path> files() {
        Map<String, Path> files = new LinkedHashMap<>();
        put(files, "--markdown", markdown);
        put(files, "--junit", junit);
        put(files, "--openmetrics", openMetrics);
        put(files, "--html", html);
        return files;
    }

    private static void put(Map<String, Path> files, String option, @Nullable Path file) {
        if (file != null) {
            files.put(option, file);
        }
    }

    /**
     * Makes sure, before anything takes its time, that every file can be written.
     *
     * @throws ParameterException where one cannot
     */
    void require() {
        files().forEach((option, file) -> {
            Path parent = file.toAbsolutePath().getParent();
            if (parent == null || !Files.isWritable(parent) || Files.isDirectory(file)) {
                throw unwritable(option, file, "no such directory, or not writable");
            }
        });
    }

    /**
     * Writes the files asked for.
     *
     * @throws ParameterException where one cannot be written
     */
    void write(ComparisonReport report) {
        write("--markdown", markdown, MarkdownComparison.render(report));
        write("--junit", junit, JunitComparison.render(report));
        write("--openmetrics", openMetrics, OpenMetricsComparison.render(report));
        if (html != null) {
            write(
                    "--html",
                    html,
                    HtmlComparison.render(report, ToolVersion.current().toString()));
        }
    }

    /** Annotations go to standard error, which GitHub reads too: standard output may hold JSON. */
    void onGithub(Console console, ComparisonReport report, Map<String, String> environment) {
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
            console.problem("the step summary was not written: " + summary + ": " + FileFault.reason(e));
        }
    }

    private void write(String option, @Nullable Path file, String content) {
        if (file == null) {
            return;
        }
        try {
            Files.writeString(file, content, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw unwritable(option, file, FileFault.reason(e));
        }
    }

    private ParameterException unwritable(String option, Path file, String why) {
        return new ParameterException(
                Objects.requireNonNull(spec).commandLine(),
                option + ": cannot write " + file + " (" + why
                        + "); name a file in a directory that exists and can be written to");
    }
}
