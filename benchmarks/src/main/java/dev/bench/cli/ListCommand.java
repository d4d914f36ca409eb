package dev.bench.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bench.document.Numbers;
import dev.bench.document.PlainText;
import dev.bench.document.TextTable;
import dev.bench.history.Catalogue;
import dev.bench.history.Run;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows stored results. */
@Command(
        name = "list",
        description = {
            "Show the stored results, oldest first.",
            "",
            "The figures are the medians of the scenario's first metric. What is no result of bench, or cannot be read,"
                    + " is named on standard error and left out."
        },
        footer = {"%nExamples:", "  bench list", "  bench list --json /var/lib/benchmarks", ExitCode.HELP},
        mixinStandardHelpOptions = true)
final class ListCommand implements Callable<Integer> {
    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

    @Mixin
    private FolderArgument folder = new FolderArgument();

    @Option(names = "--json", description = "Print every figure as JSON instead of a table.")
    private boolean json;

    @Override
    public Integer call() throws JsonProcessingException {
        Console console = Console.system();
        Catalogue.Contents contents = Catalogue.of(folder.path()).read();
        List<Run> runs = contents.results().stream().map(Catalogue.Stored::run).toList();
        if (json) {
            Map<String, Object> all = new LinkedHashMap<>();
            all.put("results", runs);
            all.put("skipped", contents.skipped());
            console.result(new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(all));
        } else if (!runs.isEmpty()) {
            console.text(table(runs, console.outColumns()));
        }
        saySkipped(console, contents.skipped());
        if (runs.isEmpty()) {
            console.say("no results in " + folder.path());
        }
        return ExitCode.PASS.status();
    }

    /** Names what was left out. */
    static void saySkipped(Console console, List<String> skipped) {
        skipped.forEach(reason -> console.say("skipped: " + PlainText.printable(reason)));
    }

    static String table(List<Run> runs, int width) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("result", "scenario", "started (UTC)", "host", "medians", ""));
        runs.forEach(run -> rows.add(List.of(
                run.name(),
                run.subject().scenario(),
                MINUTE.format(run.time()),
                run.subject().hostWords(),
                medians(run),
                marks(run))));
        return TextTable.render(rows, width);
    }

    private static String medians(Run run) {
        if (run.values().isEmpty()) {
            return "none";
        }
        String metric = run.values().get(0).metric();
        Map<String, String> medians = new LinkedHashMap<>();
        run.subject().targets().forEach(target -> medians.put(target.name(), target.label() + " without a value"));
        for (Run.Value value : run.values()) {
            if (value.metric().equals(metric) && value.median() != null) {
                medians.put(
                        value.target(),
                        run.subject().label(value.target()) + " " + Numbers.value(value.median(), value.unit()));
            }
        }
        return metric + ": " + String.join(", ", medians.values());
    }

    private static String marks(Run run) {
        List<String> marks = new ArrayList<>();
        if (run.partial()) {
            marks.add("partial");
        }
        if (run.baseline()) {
            marks.add("baseline");
        }
        return String.join(", ", marks);
    }
}
