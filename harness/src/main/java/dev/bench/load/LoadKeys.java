package dev.bench.load;

import dev.bench.grammar.Forms;
import dev.bench.grammar.Key;
import dev.bench.grammar.Units;
import dev.bench.grammar.YamlMap;
import dev.bench.workload.Readiness;
import java.time.Duration;

/** Declares the keys that every load over HTTP has in a scenario. */
public final class LoadKeys {
    private static final int MOST_CONNECTIONS = 4_096;

    /** Enough to keep a few instances busy, few enough for one thread to serve. */
    private static final int USUAL_CONNECTIONS = 16;

    /** Long enough for a 99th percentile from some hundred requests a second on. */
    private static final Duration USUAL_WINDOW = Duration.ofSeconds(5);

    private static final Duration LONGEST_WINDOW = Duration.ofMinutes(10);
    private static final Duration SHORTEST_WINDOW = Duration.ofMillis(100);

    /** Kept connections. */
    public static final Key<Integer> CONNECTIONS =
            Key.of("connections", Forms.whole(1, MOST_CONNECTIONS), "In all.").byDefault(USUAL_CONNECTIONS);

    /** The measured window. */
    public static final Key<Duration> DURATION = Key.of(
                    "duration",
                    Forms.quantity(Units.DURATION.within(
                            given -> given.compareTo(SHORTEST_WINDOW) >= 0 && given.compareTo(LONGEST_WINDOW) <= 0,
                            Units.DURATION_EXAMPLE + ", from 100ms to 10m")),
                    "Of each load.")
            .byDefault(USUAL_WINDOW);

    /** What is asked for, see {@link #path}. */
    public static final Key<String> PATH = Key.of("path", Forms.requestPath(), "Default that of ready.http.");

    private LoadKeys() {}

    /** Returns what is asked for: where the scenario does not say, what it is ready by. */
    public static String path(YamlMap map, Readiness readiness) {
        String path = PATH.find(map);
        return path != null ? path : readiness instanceof Readiness.Http http ? http.path() : "/";
    }
}
