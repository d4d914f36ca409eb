package dev.bench.result;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.regex.Pattern;

/** Names the directories that the tool makes in a folder of results, after what they hold and when it was begun. */
public final class OutputDirectory {
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final String SCOREBOARD = "scoreboard";
    private static final Pattern SCOREBOARD_NAME = Pattern.compile(SCOREBOARD + "-\\d{8}T\\d{6}Z(?:-\\d+)?");

    private OutputDirectory() {}

    /** Returns an absolute path that is not there yet, for a result of a scenario. */
    public static Path ofResult(Path folder, String scenario, Instant begun) {
        return unused(folder, scenario, begun);
    }

    /** Returns an absolute path that is not there yet, for a scoreboard of several results. */
    public static Path ofScoreboard(Path folder, Instant begun) {
        return unused(folder, SCOREBOARD, begun);
    }

    /** Returns whether a directory holds a scoreboard; the result of a scenario of that name is none. */
    public static boolean isScoreboard(Path directory) {
        return SCOREBOARD_NAME.matcher(directory.getFileName().toString()).matches()
                && Files.isRegularFile(directory.resolve("report.html"))
                && !Files.exists(directory.resolve("result.json"));
    }

    private static Path unused(Path folder, String name, Instant begun) {
        String stamped = name + "-" + STAMP.format(begun);
        Path directory = folder.resolve(stamped);
        for (int copy = 2; Files.exists(directory); copy++) {
            directory = folder.resolve(stamped + "-" + copy);
        }
        return directory.toAbsolutePath().normalize();
    }
}
