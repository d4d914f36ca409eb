package dev.bench.measure.stack;

import dev.bench.grammar.Forms;
import dev.bench.grammar.Key;
import dev.bench.grammar.Keys;
import dev.bench.grammar.Units;
import dev.bench.grammar.YamlMap;
import dev.bench.load.LoadKeys;
import dev.bench.measure.ScenarioView;
import dev.bench.workload.Readiness;
import dev.bench.workload.Service;
import dev.bench.workload.Stack;
import java.util.List;

/** Declares and reads the settings of applications. */
final class StackKeys {
    private static final String EARLY = "early";
    private static final String INTERVAL = "interval";

    private static final Key<String> CHANGE = Key.of(
            "change",
            Forms.text(),
            "A service whose image is changed once all is up, for stack.change_ms; nothing is changed without it.");

    private static final Key<String> HEALTH = Key.of(
                    "health",
                    Forms.choice(List.of(EARLY, INTERVAL)),
                    "When health is asked for: at the check's interval, as engines do; or earlier too, where the check asks"
                            + " on the network, as soon as the service accepts connections.")
            .byDefault(EARLY);

    private static final Key<Double> RATE = Key.of(
            "rate",
            Forms.quantity(Units.RATE),
            "Requests that begin per second of an open loop behind the closed one, for stack.latency_ms.");

    private static final Key<YamlMap> LOAD = Key.of(
            "load",
            Forms.mapping(Keys.of(LoadKeys.CONNECTIONS, LoadKeys.DURATION, LoadKeys.PATH, RATE)),
            "What the service in front is asked over HTTP once all is up, for stack.requests_per_s; nothing where it is"
                    + " left out.");

    static final Key<YamlMap> STACK = Key.of(
            "stack",
            Forms.mappingOrNothing(Keys.of(CHANGE, HEALTH, LOAD)),
            "How an application is brought up; with measure: stack.");

    private StackKeys() {}

    static StackSettings read(YamlMap map, ScenarioView scenario) {
        String change = CHANGE.find(map);
        Stack stack = scenario.stack();
        if (change != null && stack != null) {
            List<String> names = stack.services().stream().map(Service::name).toList();
            if (!names.contains(change)) {
                map.reject(
                        CHANGE.name(), "there is no service " + change + "; give one of " + String.join(", ", names));
            }
        }
        YamlMap load = LOAD.in(map);
        return new StackSettings(
                change, HEALTH.in(map).equals(EARLY), map.has(LOAD.name()) ? load(map, load, scenario) : null);
    }

    private static StackSettings.FrontLoad load(YamlMap map, YamlMap load, ScenarioView scenario) {
        if (!(scenario.readiness() instanceof Readiness.Http)) {
            map.reject(LOAD.name(), "sends HTTP requests; it goes with ready: http only");
        }
        Double rate = RATE.find(load);
        return new StackSettings.FrontLoad(
                LoadKeys.CONNECTIONS.in(load),
                LoadKeys.DURATION.in(load),
                LoadKeys.path(load, scenario.readiness()),
                rate == null ? 0 : rate);
    }
}
