package dev.bench.cli;

import dev.bench.analysis.Analysed;
import dev.bench.compare.Gates;
import dev.bench.compare.render.GateFiles;
import dev.bench.host.ToolVersion;
import dev.bench.report.Reports;
import dev.bench.report.TerminalSummary;
import dev.bench.result.ResultStore;
import dev.bench.scoreboard.Prices;
import dev.bench.scoreboard.Scoreboards;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Renders a stored result again. */
@Command(
        name = "report",
        description = {
            "Analyse a stored result and write its reports again.",
            "",
            "Reads nothing but the result directory, so it works on another machine than the one that measured. Several"
                    + " results are left as they are and make one report over all of them, the scoreboard."
        },
        footer = {
            "%nExamples:",
            "  bench report results/startup-20261124T120000Z",
            "  bench report --out public results/startup-20261124T120000Z results/memory-20261124T120600Z",
            "  bench report --prices core-hour=0.04,gb-hour=0.005,currency=EUR results/*",
            ExitCode.HELP
        },
        mixinStandardHelpOptions = true)
final class ReportCommand implements Callable<Integer> {
    private static final String DEFAULT_OUT = "results";

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(arity = "1..*", paramLabel = "RESULT", description = "Directories that `bench run` wrote.")
    private List<Path> directories = new ArrayList<>();

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Where the directory of a scoreboard is made (default: " + DEFAULT_OUT + ").")
    private @Nullable Path out;

    @Mixin
    private PriceArguments priceArguments = new PriceArguments();

    @Override
    public Integer call() {
        Console console = Console.system();
        Prices prices = priceArguments.prices(Objects.requireNonNull(spec).commandLine());
        List<ResultStore> stores = directories.stream()
                .map(directory -> directory.toAbsolutePath().normalize())
                .distinct()
                .map(ResultStore::new)
                .toList();
        if (stores.size() > 1) {
            scoreboard(console, stores, prices);
        } else if (prices != null) {
            throw PriceArguments.misplaced(Objects.requireNonNull(spec).commandLine(), "results");
        } else if (out == null) {
            ResultStore store = stores.get(0);
            Analysed analysed = Reports.write(store);
            Gates.judge(store.directory(), analysed).ifPresent(verdict -> GateFiles.write(store, verdict));
            console.text(TerminalSummary.render(analysed, console.outColumns()));
            console.say("report: " + store.directory().resolve("report.html"));
        } else {
            throw new ParameterException(
                    Objects.requireNonNull(spec).commandLine(),
                    "--out is for the scoreboard of several results; the report of one is written into its directory");
        }
        return ExitCode.PASS.status();
    }

    private void scoreboard(Console console, List<ResultStore> stores, @Nullable Prices prices) {
        Scoreboards.Written written = Scoreboards.write(
                out == null ? Path.of(DEFAULT_OUT) : out,
                Instant.now(),
                stores,
                List.of(),
                prices,
                ToolVersion.current().toString(),
                console.outColumns());
        console.text(written.text());
        console.say("scoreboard: " + written.directory().resolve("report.html"));
    }
}
