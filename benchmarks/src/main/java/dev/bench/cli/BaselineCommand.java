package dev.bench.cli;

import dev.bench.result.ResultStore;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Marks a stored result as one to keep. */
@Command(
        name = "baseline",
        description = {
            "Mark a stored result as a baseline, which `bench prune` never removes.",
            "",
            "The mark is a file named baseline in the result's directory; it goes along when the directory is copied."
        },
        footer = {
            "%nExamples:",
            "  bench baseline results/startup-20261124T120000Z",
            "  bench baseline --remove results/startup-20261124T120000Z",
            ExitCode.HELP
        },
        mixinStandardHelpOptions = true)
final class BaselineCommand implements Callable<Integer> {
    @Parameters(paramLabel = "RESULT", description = "A directory that `bench run` wrote.")
    private @Nullable Path directory;

    @Option(names = "--remove", description = "Take the mark away.")
    private boolean remove;

    @Override
    public Integer call() {
        ResultStore store = new ResultStore(Objects.requireNonNull(directory));
        // Refuses what is no result.
        store.read();
        store.markBaseline(!remove);
        Console.system().say(store.directory() + (remove ? " is no baseline" : " is a baseline"));
        return ExitCode.PASS.status();
    }
}
