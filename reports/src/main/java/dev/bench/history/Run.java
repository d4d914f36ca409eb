package dev.bench.history;

import dev.bench.analysis.Analysis;
import dev.bench.analysis.HostClass;
import dev.bench.result.FileFault;
import dev.bench.result.Result;
import dev.bench.result.ResultException;
import dev.bench.result.ResultStore;
import dev.bench.result.TargetKind;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Sums up one stored result: as much of it as lists and trends show.
 *
 * @param name path of the result's directory below the folder of results, with {@code /} between names
 * @param startedAt wall-clock start to the second, {@code 2026-11-24T12:00:00Z}, so that texts sort as times do
 * @param subject what was measured on what; only runs of one subject belong in one line
 * @param values the figures, the A/A copy left out, in stored order
 * @param facts what may explain a change: host and target facts by name, the image, the scenario's text; in display
 *     order
 * @param partial whether the run ended before its plan did
 * @param baseline whether it is marked to be kept
 */
public record Run(
        String name,
        String startedAt,
        Subject subject,
        List<Value> values,
        Map<String, String> facts,
        boolean partial,
        boolean baseline) {
    /** Host facts that differ from run to run without a cause, or that the host class tells already. */
    private static final Set<String> LEFT_OUT = Set.of("load average", "cpu", "topology", "memory", "bench");

    private static final int DIGEST_LENGTH = 19;
    private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("3000-01-01T00:00:00Z");

    public Run {
        values = List.copyOf(values);
    }

    /**
     * Says what was measured on what.
     *
     * @param scenario name of the scenario
     * @param measure what it measures
     * @param host class of the host
     * @param targets every target, in scenario order
     */
    public record Subject(String scenario, String measure, HostClass host, List<Target> targets) {
        public Subject {
            targets = List.copyOf(targets);
        }

        // Written out for the reason that HostClass gives.

        @Override
        public boolean equals(Object other) {
            return other instanceof Subject subject
                    && scenario.equals(subject.scenario)
                    && measure.equals(subject.measure)
                    && host.equals(subject.host)
                    && targets.equals(subject.targets);
        }

        @Override
        public int hashCode() {
            return Objects.hash(scenario, measure, host, targets);
        }

        @Override
        public String toString() {
            return "Subject[scenario=" + scenario + ", measure=" + measure + ", host=" + host + ", targets=" + targets
                    + "]";
        }

        /** Returns the host class in words. */
        public String hostWords() {
            return host.words();
        }

        /** Returns a target's name with the mark of an emulated processor. */
        public String label(String target) {
            return targets.stream()
                    .filter(entry -> entry.name().equals(target))
                    .findFirst()
                    .map(Target::label)
                    .orElse(target);
        }

        /** Returns the names of all targets with their marks. */
        public String targetWords() {
            return String.join(", ", targets.stream().map(Target::label).toList());
        }
    }

    /**
     * Names a target and how it ran.
     *
     * @param name its name in the scenario
     * @param kind the substrate
     * @param driver what launched it, by the key of scenarios
     * @param emulated whether its processor was emulated
     */
    public record Target(String name, TargetKind kind, String driver, boolean emulated) {
        // Written out for the reason that HostClass gives.

        @Override
        public boolean equals(Object other) {
            return other instanceof Target target
                    && name.equals(target.name)
                    && kind.equals(target.kind)
                    && driver.equals(target.driver)
                    && emulated == target.emulated;
        }

        @Override
        public int hashCode() {
            return Objects.hash(name, kind, driver, emulated);
        }

        @Override
        public String toString() {
            // The names of published pages depend on it, so it stays what it was when there were three kinds only.
            return "Target[name=" + name + ", kind=" + kind.label().toUpperCase(Locale.ROOT) + ", engine=" + driver
                    + ", emulated=" + emulated + "]";
        }

        /** Returns the name with the mark of an emulated processor. */
        public String label() {
            return name + (emulated ? " (emulated)" : "");
        }
    }

    /**
     * Holds one metric of one target.
     *
     * @param metric stored name
     * @param unit unit
     * @param target name of the target
     * @param n successful launches
     * @param failures failed launches
     * @param median median, or null where n is 0
     * @param low lower end of its interval, or null where there is none
     * @param high upper end
     */
    public record Value(
            String metric,
            String unit,
            String target,
            int n,
            int failures,
            @Nullable Double median,
            @Nullable Double low,
            @Nullable Double high) {}

    /**
     * Reads a stored result; its statistics are computed where it has none yet.
     *
     * @throws ResultException where the directory holds no result that this build reads
     */
    public static Run read(String name, ResultStore store) {
        Result stored = store.read();
        Result result = stored.metrics().isEmpty() ? analysed(stored, store) : stored;
        return new Run(
                name,
                second(result.startedAt(), store),
                new Subject(
                        result.scenario().name(),
                        result.scenario().measure(),
                        HostClass.of(result.host()),
                        result.targets().stream()
                                .map(target ->
                                        new Target(target.name(), target.kind(), target.driver(), target.emulated()))
                                .toList()),
                result.metrics().stream()
                        .filter(metric -> !metric.target().equals(result.plan().control()))
                        .map(Run::value)
                        .toList(),
                facts(result),
                result.partial(),
                store.isBaseline());
    }

    private static Result analysed(Result stored, ResultStore store) {
        try {
            return Analysis.of(stored, store.launches()).result();
        } catch (UncheckedIOException e) {
            throw new ResultException(
                    store.directory().resolve("launches.jsonl"),
                    "cannot be read (" + FileFault.reason(Objects.requireNonNull(e.getCause())) + ")",
                    e);
        }
    }

    /** Returns a moment to the second; refuses what is none, or one that no calendar of the libraries can place. */
    private static String second(String startedAt, ResultStore store) {
        try {
            Instant time = Instant.parse(startedAt);
            if (time.isAfter(EARLIEST) && time.isBefore(LATEST)) {
                return time.truncatedTo(ChronoUnit.SECONDS).toString();
            }
        } catch (DateTimeException e) {
            // Told below, as a moment out of range is.
        }
        throw new ResultException(
                store.directory().resolve("result.json"),
                "not a result of this tool (its startedAt is '" + startedAt
                        + "'; a time in UTC such as 2026-11-24T12:00:00Z is accepted)");
    }

    private static Value value(Result.MetricSummary metric) {
        return new Value(
                metric.metric(),
                metric.unit(),
                metric.target(),
                metric.n(),
                metric.failures(),
                metric.median(),
                metric.ciLow(),
                metric.ciHigh());
    }

    private static Map<String, String> facts(Result result) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("bench", result.tool());
        facts.put("image", result.workload().image());
        facts.put("image digest", shortened(result.workload().imageDigest()));
        facts.put("scenario file", shortened(result.scenario().sha256()));
        facts.put("limits", result.workload().limits());
        facts.put("ready", result.workload().readiness());
        result.host().forEach((name, value) -> {
            if (!LEFT_OUT.contains(name)) {
                facts.put(name, value);
            }
        });
        for (Result.TargetFacts target : result.targets()) {
            target.facts().forEach((name, value) -> facts.put(target.name() + ": " + name, value));
        }
        return facts;
    }

    private static String shortened(String digest) {
        return digest.substring(0, Math.min(DIGEST_LENGTH, digest.length()));
    }

    /** Returns the start as a moment. */
    public Instant time() {
        return Instant.parse(startedAt);
    }

    /** Returns the figure of a metric on a target, or null where the run has none. */
    public @Nullable Value value(String metric, String target) {
        for (Value value : values) {
            if (value.metric().equals(metric) && value.target().equals(target)) {
                return value;
            }
        }
        return null;
    }
}
