package dev.bench.scenario;

import dev.bench.host.SystemFiles;
import dev.bench.target.Drivers;
import dev.bench.target.TargetDefinition;
import dev.bench.target.TargetDriver;
import dev.bench.workload.Limits;
import dev.bench.workload.Measurement;
import dev.bench.workload.Readiness;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads what only scale-out has to know, and refuses what this host could not hold. */
final class ScaleOutReader {
    static final String KEY = "scaleout";
    static final List<String> KEYS = List.of("starts", "throughput");
    static final List<String> STARTS = List.of("instances", "concurrency", "rate");
    static final List<String> THROUGHPUT = List.of("instances", "connections", "duration", "path", "open", "slo");
    static final List<String> OPEN = List.of("each", "of_closed");
    static final List<String> SLO = List.of("p99");

    /** The lab's network has 241 addresses, of which one more instance and the ones just removed need some. */
    static final int MOST_INSTANCES = 200;

    static final int MOST_CONNECTIONS = 4_096;
    static final double MOST_SHARE = 0.95;

    private static final Duration LONGEST_LOAD = Duration.ofMinutes(10);
    private static final Duration SHORTEST_LOAD = Duration.ofMillis(100);

    /** What the host itself, the engines and the tool are left. */
    private static final long HOST_BYTES = 2L << 30;

    private final List<TargetDriver> drivers;
    private final Readiness readiness;
    private final Limits limits;
    private final List<TargetDefinition> targets;

    ScaleOutReader(List<TargetDriver> drivers, Readiness readiness, Limits limits, List<TargetDefinition> targets) {
        this.drivers = drivers;
        this.readiness = readiness;
        this.limits = limits;
        this.targets = targets;
    }

    Measurement.ScaleOut read(YamlMap top) {
        if (!top.has(KEY)) {
            top.reject(KEY, "is missing; give starts, or throughput, or both");
        }
        YamlMap map = top.map(KEY);
        map.accept(KEYS);
        Measurement.Throughput throughput = map.has("throughput") ? throughput(map.map("throughput")) : null;
        Measurement.Starts starts = starts(map.map("starts"), throughput == null ? 0 : throughput.most());
        if (throughput != null && throughput.most() > starts.instances()) {
            map.map("throughput")
                    .reject(
                            "instances",
                            "asks for " + throughput.most() + " instances, scaleout.starts.instances starts "
                                    + starts.instances() + "; start as many");
        }
        if (throughput != null && !(readiness instanceof Readiness.Http)) {
            map.reject("throughput", "needs a workload that answers HTTP; give workload.ready.http");
        }
        memory(map, starts.instances());
        return new Measurement.ScaleOut(starts, throughput);
    }

    private Measurement.Starts starts(YamlMap map, int fallback) {
        map.accept(STARTS);
        Long instances = map.whole("instances", 1, MOST_INSTANCES);
        if (!map.has("instances") && fallback == 0) {
            map.reject("instances", "is missing; give a whole number from 1 to " + MOST_INSTANCES);
        }
        Double rate = map.parse("rate", Units.RATE_FORM, Units::rate);
        if (rate != null && map.has("concurrency")) {
            map.reject("concurrency", "does not go with rate: starts at a rate wait for no other; keep one");
        }
        Long concurrency = map.whole("concurrency", 1, MOST_INSTANCES);
        return new Measurement.Starts(
                instances == null ? Math.max(1, fallback) : instances.intValue(),
                concurrency == null ? Defaults.START_CONCURRENCY : concurrency.intValue(),
                rate == null ? 0 : rate);
    }

    private Measurement.Throughput throughput(YamlMap map) {
        map.accept(THROUGHPUT);
        List<Integer> instances = numbers(
                map, "instances", "[1, 2, 4]", "whole numbers from 1 to " + MOST_INSTANCES, ScaleOutReader::instances);
        if (!map.has("instances")) {
            map.reject("instances", "is missing; give a list such as [1, 2, 4]");
        }
        Long connections = map.whole("connections", 1, MOST_CONNECTIONS);
        Duration duration = map.parse(
                "duration",
                Units.DURATION_EXAMPLE + ", from 100ms to 10m",
                text -> Units.duration(text)
                        .filter(given -> given.compareTo(SHORTEST_LOAD) >= 0 && given.compareTo(LONGEST_LOAD) <= 0));
        String path = map.text("path", readiness instanceof Readiness.Http http ? http.path() : "/");
        if (!ScenarioReader.isPath(path)) {
            map.reject("path", "'" + path + "' is not accepted; give " + ScenarioReader.PATH_FORM);
        }
        YamlMap open = map.map("open");
        open.accept(OPEN);
        List<Double> rates = numbers(open, "each", "[100/s]", Units.RATE_FORM, Units::rate);
        List<Double> shares = numbers(
                open,
                "of_closed",
                "[0.5]",
                "shares of the closed loop from 0.01 to " + MOST_SHARE,
                ScaleOutReader::share);
        return new Measurement.Throughput(
                instances.isEmpty()
                        ? List.of(1)
                        : instances.stream().sorted().distinct().toList(),
                connections == null ? Defaults.CONNECTIONS : connections.intValue(),
                duration == null ? Defaults.LOAD_DURATION : duration,
                path,
                rates,
                shares,
                slo(map, rates));
    }

    private static @Nullable Duration slo(YamlMap map, List<Double> rates) {
        if (!map.has("slo")) {
            return null;
        }
        YamlMap slo = map.map("slo");
        slo.accept(SLO);
        if (!slo.has("p99")) {
            slo.reject("p99", "is missing; give a bound such as 50ms");
        }
        if (rates.isEmpty()) {
            map.reject("slo", "needs a rate to hold it at; give scaleout.throughput.open.each, such as [100/s]");
        }
        return slo.parse(
                "p99",
                "a duration from 1ms on, such as 50ms: below, no instance could fulfil it",
                text -> Units.duration(text).filter(bound -> bound.toMillis() >= 1));
    }

    private static <T> List<T> numbers(
            YamlMap map, String key, String example, String accepted, Function<String, Optional<T>> reader) {
        List<T> numbers = new ArrayList<>();
        List<String> texts = map.list(key, example);
        for (String text : texts == null ? List.<String>of() : texts) {
            Optional<T> number = reader.apply(text);
            number.ifPresent(numbers::add);
            if (number.isEmpty()) {
                map.reject(key, "'" + text + "' is not accepted; give " + accepted);
            }
        }
        return numbers;
    }

    private static Optional<Integer> instances(String text) {
        return text.matches("[0-9]{1,3}")
                ? Optional.of(Integer.parseInt(text)).filter(number -> number >= 1 && number <= MOST_INSTANCES)
                : Optional.empty();
    }

    private static Optional<Double> share(String text) {
        return text.matches("0\\.[0-9]{1,6}")
                ? Optional.of(Double.parseDouble(text)).filter(share -> share >= 0.01 && share <= MOST_SHARE)
                : Optional.empty();
    }

    /** A machine's memory is set aside for it; that of a process or a container is a limit it may never come near. */
    private void memory(YamlMap map, int instances) {
        boolean machines = targets.stream()
                .anyMatch(target -> Drivers.kind(drivers, target).hasOwnKernel());
        long host = SystemFiles.ofHost().memoryBytes("MemTotal").orElse(Long.MAX_VALUE);
        long most = (host - HOST_BYTES) / limits.memoryBytes() - 1;
        if (machines && instances > most) {
            map.reject(
                    "starts",
                    String.format(
                            "%d machines of %d MiB and one more need %d MiB beside 2048 MiB for the host, which has %d MiB;"
                                    + " give at most %d instances or less of limits.memory",
                            instances,
                            limits.memoryBytes() >> 20,
                            (instances + 1L) * limits.memoryBytes() >> 20,
                            host >> 20,
                            Math.max(0, most)));
        }
    }
}
