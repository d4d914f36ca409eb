package dev.bench.cli;

import dev.bench.analysis.Analysed;
import dev.bench.compare.Gates;
import dev.bench.compare.render.GateFiles;
import dev.bench.report.Reports;
import dev.bench.report.TerminalSummary;
import dev.bench.result.ResultStore;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Renders a stored result again. */
@Command(
        name = "report",
        description = {
            "Analyse a stored result and write its reports again.",
            "",
            "Reads nothing but the result directory, so it works on another machine than the one that measured."
        },
        footer = {"%nExample:", "  bench report results/startup-20261124T120000Z", ExitCode.HELP},
        mixinStandardHelpOptions = true)
final class ReportCommand implements Callable<Integer> {
    @Parameters(paramLabel = "RESULT", description = "A directory that `bench run` wrote.")
    private @Nullable Path directory;

    @Override
    public Integer call() {
        Console console = Console.system();
        ResultStore store = new ResultStore(
                Objects.requireNonNull(directory).toAbsolutePath().normalize());
        Analysed analysed = Reports.write(store);
        Gates.judge(store.directory(), analysed).ifPresent(verdict -> GateFiles.write(store, verdict));
        console.result(TerminalSummary.render(analysed));
        console.say("report: " + store.directory().resolve("report.html"));
        return ExitCode.PASS.status();
    }
}
