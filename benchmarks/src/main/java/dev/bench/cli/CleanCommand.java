package dev.bench.cli;

import dev.bench.host.FileTrees;
import dev.bench.lab.Leftovers;
import dev.bench.lab.MeasuringLock;
import dev.bench.target.Drivers;
import dev.bench.target.LabException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Removes leftovers. */
@Command(
        name = "clean",
        description = {
            "Remove what dead runs have left: processes, namespaces, mounts, control groups, files, volumes.",
            "",
            "Every run does so too before it begins. Runs that are alive are not touched, nor is anything that bench"
                    + " did not make."
        },
        footer = {ExitCode.HELP},
        mixinStandardHelpOptions = true)
final class CleanCommand implements Callable<Integer> {
    @Option(
            names = "--cache",
            arity = "0..1",
            paramLabel = "DIR",
            fallbackValue = CacheArgument.DEFAULT,
            description =
                    "Remove the cache too: images, disks, the private engine's data (default: ${FALLBACK-VALUE}).")
    private @Nullable Path cache;

    @Override
    public Integer call() throws LabException, IOException {
        Console console = Console.system();
        List<String> removed =
                Leftovers.removeDead(Drivers.all(), cache == null ? Path.of(CacheArgument.DEFAULT) : cache);
        if (cache == null) {
            // What is in the cache goes with it otherwise.
            removed.addAll(Leftovers.removeKept(Drivers.all(), Path.of(CacheArgument.DEFAULT)));
        }
        removed.forEach(console::say);
        if (removed.isEmpty()) {
            console.say("no dead run has left anything");
        }
        if (cache != null) {
            try (MeasuringLock lock = MeasuringLock.acquire("clean --cache")) {
                Path path = cache.toAbsolutePath().normalize();
                if (Files.exists(path) && !Files.isDirectory(path.resolve("images"))) {
                    console.problem(path + " does not look like a cache of bench; it was left alone");
                    return ExitCode.USAGE.status();
                }
                FileTrees.delete(path);
                console.say("removed " + path);
            }
        }
        return ExitCode.PASS.status();
    }
}
