package dev.bench.scenario;

import dev.bench.grammar.Forms;
import dev.bench.grammar.Key;
import dev.bench.grammar.Keys;
import dev.bench.grammar.Units;
import dev.bench.grammar.YamlMap;
import dev.bench.probe.Probe;
import dev.bench.probe.Probes;
import dev.bench.workload.Readiness;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** Declares and reads what counts as ready. */
final class ReadinessReader {
    /** An emulated machine boots in seconds, an emulated JVM service in tens of them. */
    private static final Duration DEADLINE = Duration.ofSeconds(60);

    private static final Key<Duration> TIMEOUT =
            Key.of("timeout", Forms.quantity(Units.DURATION), "").byDefault(DEADLINE);

    private static final List<Key<?>> PROBES =
            Probes.all().stream().<Key<?>>map(Probe::key).toList();
    private static final List<String> NAMES = PROBES.stream().map(Key::name).toList();

    static final Key<YamlMap> READY = Key.of(
                    "ready",
                    Forms.mapping(Keys.of(Stream.concat(PROBES.stream(), Stream.of(TIMEOUT))
                                    .toList())
                            .exactlyOneOf(NAMES)),
                    "What counts as ready: exactly one probe, and a deadline.")
            .required("give one of " + String.join(", ", NAMES));

    private ReadinessReader() {}

    static Readiness read(YamlMap workload) {
        Readiness none = new Readiness.Exit(0, Duration.ZERO);
        YamlMap ready = READY.in(workload);
        if (!workload.has(READY.name())) {
            return none;
        }
        Duration within = TIMEOUT.in(ready);
        if (within.isZero()) {
            ready.reject(TIMEOUT.name(), "must be more than 0 and at most 60m");
        }
        List<String> given = NAMES.stream().filter(ready.keys()::contains).toList();
        return workload.one(READY.name(), given, NAMES, "probe")
                .flatMap(Probes::find)
                .map(probe -> probe.read(ready, within))
                .orElse(none);
    }
}
