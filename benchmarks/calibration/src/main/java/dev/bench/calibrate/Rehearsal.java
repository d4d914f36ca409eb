package dev.bench.calibrate;

import dev.bench.cli.Main;
import dev.bench.host.FileTrees;
import dev.bench.known.ManyResults;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Does once what the command line does often: shows its help, makes a report, and publishes a site and one more result.
 * The launcher's build runs it while the JVM archives the classes that it loads, which makes every later start faster.
 */
final class Rehearsal {
    /** Enough of them, about the change of level that they have, for a change point in every trend. */
    private static final int FIRST = 190;

    private static final int LAST = 310;

    private Rehearsal() {}

    /** Runs the commands on results made up for it, in a temporary directory. */
    public static void main(String[] arguments) throws IOException {
        Path directory = Files.createTempDirectory("bench-rehearsal-");
        try {
            Path folder = directory.resolve("results");
            String site = directory.resolve("site").toString();
            Main.execute("--help");
            ManyResults results = new ManyResults(folder);
            results.write(FIRST, LAST);
            Main.execute("publish", folder.toString(), site);
            results.write(LAST, LAST + 1);
            Main.execute("publish", folder.toString(), site);
            Main.execute("list", folder.toString());
        } finally {
            FileTrees.delete(directory);
        }
    }
}
