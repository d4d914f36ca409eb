package dev.bench.measure.stack;

import dev.bench.grammar.Forms;
import dev.bench.grammar.Key;
import dev.bench.grammar.Keys;
import dev.bench.grammar.YamlMap;
import dev.bench.measure.ScenarioView;
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

    static final Key<YamlMap> STACK = Key.of(
            "stack",
            Forms.mappingOrNothing(Keys.of(CHANGE, HEALTH)),
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
        return new StackSettings(change, HEALTH.in(map).equals(EARLY));
    }
}
