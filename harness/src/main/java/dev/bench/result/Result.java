package dev.bench.result;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Holds everything a finished run stores in {@code result.json}, schema {@code bench/1}.
 *
 * <p>The launches themselves stand in {@code launches.jsonl} beside it. Unknown fields are ignored, so that a result of
 * a newer minor version stays readable.
 *
 * @param schema always {@link #SCHEMA}
 * @param id name of the result directory
 * @param tool version and commit of the tool that measured
 * @param command the exact command line
 * @param startedAt wall-clock start, ISO-8601 in UTC
 * @param endedAt wall-clock end, ISO-8601 in UTC
 * @param wallSeconds duration of the measuring sessions in seconds
 * @param scenario the scenario as written
 * @param plan what was decided before anything ran
 * @param host facts of the host by name (kernel, cpu, cgroup, governor, ...), in display order
 * @param workload what ran
 * @param targets every target, in scenario order
 * @param harness what the harness itself costs
 * @param metrics one summary per metric and target
 * @param comparisons one row per metric and target against the reference
 * @param warnings what a reader must know, each with advice
 * @param partial whether the run ended before its plan did
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Result(
        String schema,
        String id,
        String tool,
        List<String> command,
        String startedAt,
        String endedAt,
        double wallSeconds,
        ScenarioFacts scenario,
        PlanFacts plan,
        Map<String, String> host,
        WorkloadFacts workload,
        List<TargetFacts> targets,
        @Nullable HarnessCost harness,
        List<MetricSummary> metrics,
        List<Comparison> comparisons,
        List<String> warnings,
        boolean partial) {
    /** The schema name and major version this build writes. */
    public static final String SCHEMA = "bench/1";

    public Result {
        command = List.copyOf(command);
        targets = List.copyOf(targets);
        metrics = List.copyOf(metrics);
        comparisons = List.copyOf(comparisons);
        warnings = List.copyOf(warnings);
    }

    /** Returns this result with its statistics filled in. */
    public Result withAnalysis(List<MetricSummary> summaries, List<Comparison> rows, List<String> allWarnings) {
        return new Result(
                schema,
                id,
                tool,
                command,
                startedAt,
                endedAt,
                wallSeconds,
                scenario,
                plan,
                host,
                workload,
                targets,
                harness,
                summaries,
                rows,
                allWarnings,
                partial);
    }

    /**
     * Names the scenario.
     *
     * @param name its name
     * @param sha256 digest of the file as written, hexadecimal
     * @param measure what it measures: {@code startup}, {@code memory}, {@code scale-out}
     * @param claims published figures that it puts to the test
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record ScenarioFacts(String name, String sha256, String measure, List<Claim> claims) {
        public ScenarioFacts {
            // Results of versions that read no claims have none.
            claims = claims == null ? List.of() : List.copyOf(claims);
        }

        /** Names a scenario that makes no claim. */
        public ScenarioFacts(String name, String sha256, String measure) {
            this(name, sha256, measure, List.of());
        }
    }

    /**
     * States the plan.
     *
     * @param seed seed of the block order
     * @param blocks measured blocks per session
     * @param sessions measuring JVMs
     * @param reference name of the target every other is compared with
     * @param control name of the A/A target, a second copy of the reference, or null where there is none
     * @param gate how the run judges as a gate, or null where it is none
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record PlanFacts(
            long seed,
            int blocks,
            int sessions,
            String reference,
            @Nullable String control,
            @Nullable GateFacts gate) {
        /** Returns the plan of a run that is no gate. */
        public static PlanFacts of(long seed, int blocks, int sessions, String reference, @Nullable String control) {
            return new PlanFacts(seed, blocks, sessions, reference, control, null);
        }
    }

    /**
     * Says how a run judges as a gate.
     *
     * @param baseline how the baselines differ from what is judged, in words, such as {@code runtime runc}
     * @param baselines name of each target judged to that of its baseline, in scenario order
     * @param workload what the baselines ran, or null where it is the same as what is judged
     * @param budgets change that is accepted as a fraction, by the id of a metric
     * @param limits limits of the median, by the id of a metric
     * @param notes what a reader of the verdict must know
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record GateFacts(
            String baseline,
            Map<String, String> baselines,
            @Nullable WorkloadFacts workload,
            Map<String, Double> budgets,
            Map<String, Bound> limits,
            List<String> notes) {
        public GateFacts {
            baselines = Collections.unmodifiableMap(new LinkedHashMap<>(baselines));
            budgets = SortedMaps.copyOf(budgets);
            limits = SortedMaps.copyOf(limits);
            notes = List.copyOf(notes);
        }
    }

    /**
     * Names the workload.
     *
     * @param image the image as the scenario names it
     * @param imageDigest digest of the image's configuration, {@code sha256:...}
     * @param treeDigest digest of the flattened tree
     * @param argv the argument vector
     * @param readiness the definition of ready, in words
     * @param limits CPU and memory limits, in words
     * @param layers what the image is made of, lowest first; empty where nobody looked
     * @param ends whether being ready is its end, as of a job, and not an answer; false in results that do not tell
     * @param cpus processors' worth of time that an instance may use, or null in results that do not tell
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record WorkloadFacts(
            String image,
            String imageDigest,
            String treeDigest,
            List<String> argv,
            String readiness,
            String limits,
            List<ImageLayer> layers,
            boolean ends,
            @Nullable Double cpus) {
        public WorkloadFacts {
            // Results of versions that did not look have none.
            layers = layers == null ? List.of() : List.copyOf(layers);
        }

        /** Names a workload by words alone. */
        public WorkloadFacts(
                String image,
                String imageDigest,
                String treeDigest,
                List<String> argv,
                String readiness,
                String limits) {
            this(image, imageDigest, treeDigest, argv, readiness, limits, List.of(), false, null);
        }
    }

    /**
     * Describes one target.
     *
     * @param name its name in the scenario
     * @param kind the substrate
     * @param driver what launched it, by the key of scenarios, such as {@code docker}
     * @param emulated whether its CPU was emulated
     * @param facts engine, runtime, machine and accelerator versions by name, in display order
     * @param identity what was seen from inside, or null where the proof did not run
     * @param writable what an instance writes over its image, or null where that was not seen
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record TargetFacts(
            String name,
            TargetKind kind,
            @JsonProperty("engine") String driver,
            boolean emulated,
            Map<String, String> facts,
            @Nullable Identity identity,
            @Nullable WritableLayer writable) {
        /** Describes a target whose writable layer was not seen. */
        public TargetFacts(
                String name,
                TargetKind kind,
                String driver,
                boolean emulated,
                Map<String, String> facts,
                @Nullable Identity identity) {
            this(name, kind, driver, emulated, facts, identity, null);
        }

        /** Returns the same as it may be stored: without the values of secrets. */
        public TargetFacts masked() {
            return new TargetFacts(
                    name, kind, driver, emulated, facts, identity == null ? null : identity.masked(), writable);
        }

        /** Returns the same with what its instances write; null where that was not seen. */
        public TargetFacts writing(@Nullable WritableLayer layer) {
            return new TargetFacts(name, kind, driver, emulated, facts, identity, layer);
        }
    }

    /**
     * States what a launch of nothing costs on the measured path.
     *
     * @param n number of null launches
     * @param medianMs median in milliseconds
     * @param maxMs largest in milliseconds
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record HarnessCost(int n, double medianMs, double maxMs) {}

    /**
     * Summarises one metric of one target over the measured blocks.
     *
     * @param n successful launches
     * @param failures failed launches
     * @param median median, or null where n is 0
     * @param ciLow lower end of the interval of the median, or null where n is under 6
     * @param ciHigh upper end, or null where n is under 6
     * @param mad median absolute deviation
     * @param min smallest
     * @param max largest
     * @param outliers number of flagged samples
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record MetricSummary(
            String metric,
            String unit,
            String target,
            int n,
            int failures,
            @Nullable Double median,
            @Nullable Double ciLow,
            @Nullable Double ciHigh,
            @Nullable Double mad,
            @Nullable Double min,
            @Nullable Double max,
            int outliers) {}

    /**
     * Compares one target with the reference on one metric.
     *
     * @param pairs blocks in which both succeeded
     * @param ratio estimate of target / reference
     * @param ciLow lower end of its interval
     * @param ciHigh upper end of its interval
     * @param method name of the estimator
     * @param probabilityLess P(target &lt; reference) over pairs
     * @param verdict {@code higher}, {@code lower}, {@code equivalent} or {@code inconclusive}
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Comparison(
            String metric,
            String reference,
            String target,
            int pairs,
            @Nullable Double ratio,
            @Nullable Double ciLow,
            @Nullable Double ciHigh,
            String method,
            @Nullable Double probabilityLess,
            String verdict) {}
}
