package dev.bench.cli;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Holds the options of a command that measures and stores results. */
final class ResultArguments {
    private static final String DEFAULT = "results";

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = DEFAULT,
            description = "Where result directories are made (default: ${DEFAULT-VALUE}).")
    private Path out = Path.of(DEFAULT);

    @Option(
            names = {"-y", "--yes"},
            description = "Install missing packages without asking.")
    private boolean yes;

    /** Returns the folder of the results. */
    Path out() {
        return out;
    }

    /** Returns whether missing packages are installed without asking. */
    boolean yes() {
        return yes;
    }
}
