package dev.bench.lab;

import dev.bench.host.Cgroups;
import dev.bench.host.Processes;
import dev.bench.target.TargetDriver;
import dev.bench.trace.TraceFileSystem;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds runs that have left something but no directory, by everything that carries a run's id. */
final class Orphans {
    /** The control group above all runs' groups. */
    static final String GROUPS = "bench";

    private static final String ID = "([0-9a-f]{8})";
    /** Stands for an id where a mark is asked for; in no mark by itself. */
    private static final String NO_ID = "<run>";

    private static final Pattern NAMESPACE = Pattern.compile("bench-" + ID + "(?:-.*)?");
    private static final Pattern LINK = Pattern.compile("bench" + ID + "k?");
    private static final Pattern DIRECTORY = Pattern.compile(ID);

    private Orphans() {}

    /**
     * Returns the ids, sorted.
     *
     * @param cache absolute path of the cache whose runs are looked at
     * @param drivers every target driver
     */
    static Set<String> find(Path cache, List<TargetDriver> drivers) throws IOException {
        Set<String> ids = new TreeSet<>();
        Pattern inArgument = inArgument(drivers);
        Path runs = cache.resolve("runs");
        for (long pid : Processes.all()) {
            for (String argument : Processes.arguments(pid)) {
                Matcher matcher = inArgument.matcher(argument);
                while (matcher.find()) {
                    boolean ours = matcher.group(2) == null || argument.contains(runs + "/");
                    if (ours && !Neighbours.isElsewhere(pid)) {
                        ids.add(first(matcher));
                    }
                }
            }
        }
        named(Path.of("/run/netns"), NAMESPACE, ids);
        Pattern point = Pattern.compile(
                "(?:" + RunDirectory.ROOT + "|" + Pattern.quote(runs.toString()) + ")/" + ID + "(?:/.*)?");
        for (String mounted : Mounts.points()) {
            Matcher matcher = point.matcher(mounted);
            if (matcher.matches()) {
                ids.add(matcher.group(1));
            }
        }
        // These name nobody who could be asked where he is.
        if (!Neighbours.share("net")) {
            named(Path.of("/sys/class/net"), LINK, ids);
        }
        if (!Neighbours.share("cgroup")) {
            for (Path groups : Cgroups.everywhere(GROUPS)) {
                named(groups, DIRECTORY, ids);
            }
        }
        if (!Neighbours.share(cache)) {
            named(runs, DIRECTORY, ids);
        }
        if (!Neighbours.exist()) {
            ids.addAll(TraceFileSystem.runs());
        }
        ids.removeIf(id -> Files.exists(RunDirectory.of(id)));
        return ids;
    }

    /** Returns what finds a run's id in an argument; the second group is that of the cache's runs. */
    private static Pattern inArgument(List<TargetDriver> drivers) {
        StringBuilder pattern = new StringBuilder(RunDirectory.ROOT + "/" + ID + "/|/runs/" + ID + "/");
        for (TargetDriver driver : drivers) {
            for (String mark : driver.leftovers().marks(NO_ID)) {
                pattern.append('|').append(Pattern.quote(mark).replace(NO_ID, "\\E" + ID + "\\Q"));
            }
        }
        return Pattern.compile(pattern.toString());
    }

    private static void named(Path directory, Pattern pattern, Set<String> ids) throws IOException {
        if (!Files.isDirectory(directory)) {
            return;
        }
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            for (Path entry : entries) {
                Matcher matcher = pattern.matcher(entry.getFileName().toString());
                if (matcher.matches()) {
                    ids.add(matcher.group(1));
                }
            }
        }
    }

    private static String first(Matcher matcher) {
        for (int group = 1; group <= matcher.groupCount(); group++) {
            if (matcher.group(group) != null) {
                return matcher.group(group);
            }
        }
        throw new IllegalStateException("no group matched");
    }
}
