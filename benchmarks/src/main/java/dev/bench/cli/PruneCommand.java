package dev.bench.cli;

import dev.bench.history.Catalogue;
import dev.bench.history.Retention;
import dev.bench.history.Run;
import dev.bench.result.Count;
import java.io.IOException;
import java.time.Clock;
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
import picocli.CommandLine.Spec;

/** Removes old results. */
@Command(
        name = "prune",
        description = {
            "Remove the stored results that no rule keeps.",
            "",
            "Given two rules, a result stays where either keeps it. A baseline (see `bench baseline`) always stays, and"
                    + " so does everything that is not a result of bench, cannot be read, or has files beside the"
                    + " result's own. Says what goes, and asks before it removes; off a terminal and without --yes"
                    + " nothing is removed."
        },
        footer = {
            "%nExamples:",
            "  bench prune --keep-last 50 --dry-run",
            "  bench prune --keep-last 20 --keep-days 90 --yes /var/lib/benchmarks",
            ExitCode.HELP
        },
        mixinStandardHelpOptions = true)
final class PruneCommand implements Callable<Integer> {
    private static final int MOST_DAYS = 36_500;

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private FolderArgument folder = new FolderArgument();

    @Option(
            names = "--keep-last",
            paramLabel = "N",
            description =
                    "Keep the newest N complete results of each scenario and host class, and the partial ones that"
                            + " are no older.")
    private @Nullable Integer keepLast;

    @Option(names = "--keep-days", paramLabel = "D", description = "Keep the results of the last D days.")
    private @Nullable Integer keepDays;

    @Option(names = "--dry-run", description = "Only say what would go.")
    private boolean dryRun;

    @Option(
            names = {"-y", "--yes"},
            description = "Remove without asking.")
    private boolean yes;

    @Override
    public Integer call() throws IOException {
        Console console = Console.system();
        requireRule();
        Catalogue.Contents contents = Catalogue.of(folder.path()).read();
        ListCommand.saySkipped(console, contents.skipped());
        List<Catalogue.Stored> removable = new ArrayList<>();
        for (Catalogue.Stored stored : new Retention(keepLast, keepDays)
                .removable(contents.results(), Clock.systemUTC().instant())) {
            List<String> foreign = stored.store().foreignFiles();
            if (foreign.isEmpty()) {
                removable.add(stored);
            } else {
                console.say("kept: " + stored.store().directory() + " has files beside the result's own: "
                        + String.join(", ", foreign));
            }
        }
        if (removable.isEmpty()) {
            console.say("nothing to remove");
            return ExitCode.PASS.status();
        }
        List<Run> runs = removable.stream().map(Catalogue.Stored::run).toList();
        console.text(ListCommand.table(runs, console.outColumns()));
        String count = runs.size() + " of " + Count.of(contents.results().size(), "result");
        if (dryRun) {
            console.say(count + " would be removed");
            return ExitCode.PASS.status();
        }
        if (!yes && !console.confirm("Remove these " + count + "?")) {
            console.problem(
                    console.isInteractive() ? "nothing was removed" : "nothing was removed; to do so, add --yes");
            return ExitCode.USAGE.status();
        }
        for (Catalogue.Stored stored : removable) {
            stored.store().delete();
        }
        console.say("removed " + count);
        return ExitCode.PASS.status();
    }

    private void requireRule() {
        String problem = null;
        if (keepLast == null && keepDays == null) {
            problem = "name a rule: --keep-last N, --keep-days D, or both";
        } else if (keepLast != null && keepLast < 1) {
            problem = "--keep-last is " + keepLast + "; a number from 1 on is accepted";
        } else if (keepDays != null && (keepDays < 1 || keepDays > MOST_DAYS)) {
            problem = "--keep-days is " + keepDays + "; a number from 1 to " + MOST_DAYS + " is accepted";
        }
        if (problem != null) {
            throw new ParameterException(Objects.requireNonNull(spec).commandLine(), problem);
        }
    }
}
