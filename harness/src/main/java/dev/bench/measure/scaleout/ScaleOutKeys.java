package dev.bench.measure.scaleout;

import dev.bench.grammar.Forms;
import dev.bench.grammar.Key;
import dev.bench.grammar.Keys;
import dev.bench.grammar.Units;
import dev.bench.grammar.YamlMap;
import dev.bench.load.LoadKeys;
import dev.bench.measure.ScenarioView;
import dev.bench.workload.Readiness;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Declares and reads the settings of scale-out. */
final class ScaleOutKeys {
    /** The lab's network has 241 addresses, of which one more instance and the ones just removed need some. */
    private static final int MOST_INSTANCES = 200;

    private static final double MOST_SHARE = 0.95;
    private static final int CONCURRENCY = 8;

    private static final Key<Integer> STARTED =
            Key.of("instances", Forms.whole(1, MOST_INSTANCES), "Default: the most that throughput asks for.");

    private static final Key<Integer> STARTING = Key.of(
                    "concurrency", Forms.whole(1, MOST_INSTANCES), "Starts under way at a time.")
            .byDefault(CONCURRENCY);

    private static final Key<Double> RATE =
            Key.of("rate", Forms.quantity(Units.RATE), "Starts that begin per second, in place of concurrency.");

    private static final Key<YamlMap> STARTS =
            Key.of("starts", Forms.mapping(Keys.of(STARTED, STARTING, RATE)), "How instances are started.");

    private static final Key<List<Integer>> ASKED = Key.of(
                    "instances", Forms.wholes(1, MOST_INSTANCES, "[1, 2, 4]"), "Numbers of instances.")
            .required("give a list such as [1, 2, 4]")
            .byDefault(List.of(1));

    private static final Key<List<Double>> EACH = Key.of(
                    "each", Forms.list(Units.RATE, "[100/s]"), "Rates per instance.")
            .byDefault(List.of());

    private static final Key<List<Double>> OF_CLOSED = Key.of(
                    "of_closed",
                    Forms.decimals("shares of the closed loop from 0.01 to " + MOST_SHARE, 0.01, MOST_SHARE, "[0.5]"),
                    "Shares of the closed loop's rate.")
            .byDefault(List.of());

    private static final Key<YamlMap> OPEN =
            Key.of("open", Forms.mapping(Keys.of(EACH, OF_CLOSED)), "Loads whose requests begin at their own times.");

    private static final Key<Duration> P99 = Key.of(
                    "p99",
                    Forms.quantity(Units.DURATION.within(
                            bound -> bound.toMillis() >= 1,
                            "a duration from 1ms on, such as 50ms: below, no instance could fulfil it")),
                    "Such as 50ms.")
            .required("give a bound such as 50ms");

    private static final Key<YamlMap> SLO = Key.of(
            "slo", Forms.mapping(Keys.of(P99)), "The bound that decides how many instances fit, at the first of each.");

    private static final Key<YamlMap> THROUGHPUT = Key.of(
            "throughput",
            Forms.mapping(Keys.of(ASKED, LoadKeys.CONNECTIONS, LoadKeys.DURATION, LoadKeys.PATH, OPEN, SLO)),
            "What running instances are asked over HTTP.");

    static final Key<YamlMap> SCALE_OUT = Key.of(
            "scale-out",
            Forms.mapping(Keys.of(STARTS, THROUGHPUT)),
            "With measure: scale-out, what is started and asked.");

    static final String FORMER = "scaleout";

    private ScaleOutKeys() {}

    static ScaleOutSettings read(YamlMap map, ScenarioView scenario) {
        if (!scenario.top().has(SCALE_OUT.name()) && !scenario.top().has(FORMER)) {
            scenario.top().reject(SCALE_OUT.name(), "is missing; give starts, or throughput, or both");
        }
        YamlMap asked = THROUGHPUT.in(map);
        Throughput throughput = map.has(THROUGHPUT.name()) ? throughput(asked, scenario.readiness()) : null;
        Starts starts = starts(STARTS.in(map), throughput == null ? 0 : throughput.most());
        if (throughput != null && throughput.most() > starts.instances()) {
            asked.reject(
                    ASKED.name(),
                    "asks for " + throughput.most() + " instances, scale-out.starts.instances starts "
                            + starts.instances() + "; start as many");
        }
        if (throughput != null && !(scenario.readiness() instanceof Readiness.Http)) {
            map.reject(THROUGHPUT.name(), "needs a workload that answers HTTP; give workload.ready.http");
        }
        return new ScaleOutSettings(starts, throughput);
    }

    private static Starts starts(YamlMap map, int fallback) {
        Integer instances = STARTED.find(map);
        if (!map.has(STARTED.name()) && fallback == 0) {
            map.reject(STARTED.name(), "is missing; give " + STARTED.form().accepted());
        }
        Double rate = RATE.find(map);
        if (rate != null && map.has(STARTING.name())) {
            map.reject(STARTING.name(), "does not go with rate: starts at a rate wait for no other; keep one");
        }
        return new Starts(
                instances == null ? Math.max(1, fallback) : instances, STARTING.in(map), rate == null ? 0 : rate);
    }

    private static Throughput throughput(YamlMap map, Readiness readiness) {
        List<Integer> instances = ASKED.in(map).stream().sorted().distinct().toList();
        YamlMap open = OPEN.in(map);
        List<Double> rates = EACH.in(open);
        return new Throughput(
                instances.isEmpty() ? List.of(1) : instances,
                LoadKeys.CONNECTIONS.in(map),
                LoadKeys.DURATION.in(map),
                LoadKeys.path(map, readiness),
                rates,
                OF_CLOSED.in(open),
                slo(map, rates));
    }

    private static @Nullable Duration slo(YamlMap map, List<Double> rates) {
        YamlMap slo = SLO.in(map);
        if (!map.has(SLO.name())) {
            return null;
        }
        if (rates.isEmpty()) {
            map.reject(SLO.name(), "needs a rate to hold it at; give scale-out.throughput.open.each, such as [100/s]");
        }
        return P99.find(slo);
    }
}
