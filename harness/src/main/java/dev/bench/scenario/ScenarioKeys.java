package dev.bench.scenario;

import dev.bench.grammar.Forms;
import dev.bench.grammar.Key;
import dev.bench.grammar.Keys;
import dev.bench.grammar.Units;
import dev.bench.grammar.YamlMap;
import dev.bench.measure.Measure;
import dev.bench.measure.Measures;
import dev.bench.target.TargetDefinition;
import dev.bench.target.TargetDriver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Declares what a scenario may hold, for the targets and the measures that there are. */
final class ScenarioKeys {
    /** Keys at the top that begin so are for the file's own anchors, as in other formats; nothing reads them. */
    private static final String EXTENSION = "x-";

    private static final long LEAST_MEMORY = 32L << 20;

    static final Key<String> NAME = Key.of(
                    "name",
                    Forms.text("lower-case letters, digits and hyphens, 40 at most", TargetsReader.NAME_PATTERN),
                    "Its name.")
            .required("give a name of lower-case letters, digits and hyphens")
            .byDefault("");

    static final Key<String> DESCRIPTION =
            Key.of("description", Forms.text(), "One line for the report.").byDefault("");

    static final Key<String> MEASURE = Key.of(
                    "measure",
                    Forms.choice(Measures.all().stream().map(Measure::id).toList(), "is not measured by this version"),
                    "What is measured.")
            .byDefault(Measures.BY_DEFAULT);

    static final Key<Double> CPUS =
            Key.of("cpus", Forms.decimal(0.01, 1024), "").byDefault(Defaults.CPUS);

    static final Key<Long> MEMORY = Key.of(
                    "memory",
                    Forms.quantity(Units.SIZE.within(
                            bytes -> bytes >= LEAST_MEMORY, Units.SIZE_EXAMPLE + ", from 32MiB to 1024GiB")),
                    "")
            .byDefault(Defaults.MEMORY_BYTES);

    static final Key<YamlMap> LIMITS =
            Key.of("limits", Forms.mappingOrNothing(Keys.of(CPUS, MEMORY)), "Limits of every instance.");

    static final Key<Integer> BLOCKS = Key.of(
            "blocks",
            Forms.whole(1, Defaults.MOST_BLOCKS),
            "Measured blocks per session; default " + Defaults.BLOCKS + ".");

    static final Key<Integer> WARMUP_BLOCKS = Key.of(
            "warmup_blocks",
            Forms.whole(0, Defaults.MOST_WARMUP_BLOCKS),
            "Discarded blocks; default " + Defaults.WARMUP_BLOCKS + ".");

    static final Key<Integer> SESSIONS = Key.of(
            "sessions", Forms.whole(1, Defaults.MOST_SESSIONS), "Measuring JVMs; default " + Defaults.SESSIONS + ".");

    static final Key<Long> SEED = Key.of("seed", Forms.whole(), "Seed of the order.");

    static final Key<String> REFERENCE =
            Key.of("reference", Forms.text(), "The target to compare with; the first container where none is named.");

    static final Key<Boolean> CONTROL =
            Key.of("control", Forms.flag(), "Whether the reference runs twice per block (A/A).");

    static final Key<Duration> PAUSE =
            Key.of("pause", Forms.quantity(Units.DURATION), "Rest between launches; default 0s.");

    static final Key<YamlMap> PLAN = Key.of(
            "plan",
            Forms.mappingOrNothing(Keys.of(BLOCKS, WARMUP_BLOCKS, SESSIONS, SEED, REFERENCE, CONTROL, PAUSE)),
            "How often and in which order.");

    private final Key<List<TargetDefinition>> targets;
    private final Key<YamlMap> gate;

    ScenarioKeys(List<TargetDriver> drivers) {
        this.targets = new TargetsReader(drivers).key();
        this.gate = GateReader.key(BaselineReader.options(drivers));
    }

    Key<List<TargetDefinition>> targets() {
        return targets;
    }

    Key<YamlMap> gate() {
        return gate;
    }

    Keys all() {
        List<Key<?>> keys = new ArrayList<>(List.of(NAME, DESCRIPTION, MEASURE));
        for (Measure measure : Measures.all()) {
            measure.key().ifPresent(key -> {
                keys.add(key);
                measure.formerKey().ifPresent(former -> keys.add(key.formerly(former)));
            });
        }
        keys.addAll(List.of(WorkloadReader.WORKLOAD, LIMITS, targets, PLAN, gate, ClaimsReader.CLAIMS));
        return Keys.of(keys).ignoring(EXTENSION);
    }
}
