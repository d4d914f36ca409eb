package dev.bench.measure.memory;

import dev.bench.grammar.Forms;
import dev.bench.grammar.Key;
import dev.bench.grammar.Keys;
import dev.bench.grammar.Units;
import dev.bench.grammar.YamlMap;
import dev.bench.measure.ScenarioView;
import dev.bench.workload.Readiness;
import java.time.Duration;
import java.util.List;

/** Declares and reads the settings of memory. */
final class MemoryKeys {
    /** The lab has 241 addresses; a few are in use beside those of the instances. */
    static final int MOST_INSTANCES = 200;

    /** No answer is waited for longer. */
    private static final int LONGEST_BOUND_SECONDS = 10;

    private static final int MOST_REQUESTS = 1_000_000;

    /** Enough for a slope, few enough for a small host. */
    private static final List<Integer> STEPS = List.of(1, 2, 4, 8);

    private static final Key<List<Integer>> INSTANCES = Key.of(
                    "instances",
                    Forms.increasing(1, MOST_INSTANCES, STEPS),
                    "Instances running at each step, each more than the one before.")
            .byDefault(STEPS);

    private static final Key<Integer> REQUESTS = Key.of(
                    "requests", Forms.whole(1, MOST_REQUESTS), "HTTP requests to every instance.")
            .required("give a whole number from 1 to " + MOST_REQUESTS)
            .byDefault(1);

    private static final Key<YamlMap> LOAD = Key.of(
            "load", Forms.mapping(Keys.of(REQUESTS)), "Load before a second reading; none where it is left out.");

    private static final Key<Long> FLOOR = Key.of(
            "floor",
            Forms.quantity(Units.SIZE),
            "Available memory that ends the steps; default a tenth of the host's.");

    private static final Key<Boolean> FILL = Key.of(
                    "fill",
                    Forms.flag(),
                    "Whether more instances are launched after the last step, as many as fit: until the floor, the slo, a"
                            + " failure, or " + MOST_INSTANCES + " of them.")
            .byDefault(false);

    private static final Key<Duration> SLO = Key.of(
            "slo",
            Forms.quantity(Units.DURATION.within(
                    bound -> bound.toMillis() >= 1 && bound.toSeconds() <= LONGEST_BOUND_SECONDS,
                    "a duration from 1ms to " + LONGEST_BOUND_SECONDS + "s, such as 200ms")),
            "With fill: within what time every instance has to answer a request while all others run.");

    static final Key<YamlMap> MEMORY = Key.of(
            "memory",
            Forms.mappingOrNothing(Keys.of(INSTANCES, LOAD, FLOOR, FILL, SLO)),
            "How memory is measured; with measure: memory.");

    private MemoryKeys() {}

    /** Reads the settings; a workload that has ended holds no memory, and only HTTP can be asked again and again. */
    static MemorySettings read(YamlMap map, ScenarioView scenario) {
        YamlMap load = LOAD.in(map);
        int requests = map.has(LOAD.name()) ? REQUESTS.in(load) : 0;
        if (scenario.readiness() instanceof Readiness.Exit
                && scenario.workload().has("ready")) {
            scenario.workload()
                    .reject("ready", "exit does not go with measure: memory; a workload that has ended holds none");
        }
        if (requests > 0 && !(scenario.readiness() instanceof Readiness.Http)) {
            scenario.top().reject(MEMORY.name(), "load sends HTTP requests; it goes with ready: http only");
        }
        boolean fill = FILL.in(map);
        if (map.has(SLO.name()) && !fill) {
            map.reject(SLO.name(), "goes with fill: true only; leave it out, or fill");
        } else if (map.has(SLO.name()) && !(scenario.readiness() instanceof Readiness.Http)) {
            map.reject(SLO.name(), "bounds answers over HTTP; it goes with ready: http only");
        }
        return new MemorySettings(INSTANCES.in(map), requests, FLOOR.find(map), fill, SLO.find(map));
    }
}
