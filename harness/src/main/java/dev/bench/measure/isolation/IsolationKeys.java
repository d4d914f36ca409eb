package dev.bench.measure.isolation;

import dev.bench.grammar.Forms;
import dev.bench.grammar.Key;
import dev.bench.grammar.Keys;
import dev.bench.grammar.Units;
import dev.bench.grammar.YamlMap;
import dev.bench.measure.ScenarioView;
import dev.bench.workload.Readiness;
import java.time.Duration;

/** Declares and reads the settings of isolation. */
final class IsolationKeys {
    private static final int MOST_REQUESTS = 100_000;
    private static final int USUAL_REQUESTS = 100;
    private static final Duration LEAST_IDLE = Duration.ofMillis(100);
    private static final Duration MOST_IDLE = Duration.ofMinutes(1);

    private static final Key<Integer> REQUESTS = Key.of(
                    "requests",
                    Forms.whole(1, MOST_REQUESTS),
                    "HTTP requests that are the load, each on a connection of its own; with ready: http only.")
            .byDefault(USUAL_REQUESTS);

    private static final Key<Duration> IDLE = Key.of(
                    "idle",
                    Forms.quantity(Units.DURATION.within(
                            time -> time.compareTo(LEAST_IDLE) >= 0 && time.compareTo(MOST_IDLE) <= 0,
                            Units.DURATION_EXAMPLE + ", from 100ms to 1m")),
                    "How long an instance is traced idle, and as long the host without it.")
            .byDefault(Duration.ofSeconds(1));

    static final Key<YamlMap> ISOLATION = Key.of(
            "isolation",
            Forms.mappingOrNothing(Keys.of(REQUESTS, IDLE)),
            "How isolation is measured; with measure: isolation.");

    private IsolationKeys() {}

    /** Reads the settings; a workload that has ended is traced no more, and only HTTP can be asked again and again. */
    static IsolationSettings read(YamlMap map, ScenarioView scenario) {
        if (scenario.readiness() instanceof Readiness.Exit
                && scenario.workload().has("ready")) {
            scenario.workload()
                    .reject("ready", "exit does not go with measure: isolation; a workload that has ended is not idle");
        }
        boolean http = scenario.readiness() instanceof Readiness.Http;
        if (!http && map.has(REQUESTS.name())) {
            map.reject(REQUESTS.name(), "sends HTTP requests; it goes with ready: http only");
        }
        return new IsolationSettings(http ? REQUESTS.in(map) : 0, IDLE.in(map));
    }
}
