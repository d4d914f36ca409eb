package dev.bench.measure;

import dev.bench.grammar.Key;
import dev.bench.grammar.YamlMap;
import dev.bench.plan.MeasureSettings;
import dev.bench.plan.Plan;
import dev.bench.result.DetailFile;
import dev.bench.result.Metric;
import dev.bench.session.Procedure;
import dev.bench.session.SessionOrder;
import dev.bench.target.Faculty;
import dev.bench.target.TypicalStart;
import dev.bench.workload.Limits;
import dev.bench.workload.PreparedImage;
import dev.bench.workload.Workload;
import java.util.List;
import java.util.Optional;

/**
 * Measures one thing that a scenario can ask for: its settings, what it asks of the host, how it is done and what it yields.
 *
 * <p>Implementations are found with {@link java.util.ServiceLoader}, have a public constructor without arguments that does
 * no work, and are stateless. Settings given to a measure are always of its own {@link #settingsType}.
 */
public interface Measure {
    /** Returns the name used in scenarios and stored results, such as {@code scale-out}. */
    String id();

    /** Returns the metrics that a trial yields, in display order, at least one; the first one is the headline. */
    List<Metric> metrics();

    /**
     * Finds a metric by its id; empty where the measure does not yield it. A measure whose trials yield more than
     * {@link #metrics} says, by names that a scenario chooses, finds those too.
     */
    default Optional<Metric> metric(String id) {
        return metrics().stream().filter(metric -> metric.id().equals(id)).findFirst();
    }

    /** Returns the metrics that a gate judges: all, unless nobody waits for one. */
    default List<Metric> gated() {
        return metrics();
    }

    /** Returns the metric that a verdict in one sentence speaks of. */
    default Metric headline() {
        return metrics().get(0);
    }

    /** Returns whether a scenario may leave out what the headline is about; the first metric with values stands for it then. */
    default boolean isHeadlineOptional() {
        return false;
    }

    /** Returns the key at the top of a scenario that holds its settings, named as the measure is; empty for none. */
    Optional<Key<YamlMap>> key();

    /** Returns a former name of {@link #key}, which is still read; empty for none. */
    default Optional<String> formerKey() {
        return Optional.empty();
    }

    /** Returns the class of the settings, which JSON can be read into. */
    Class<? extends MeasureSettings> settingsType();

    /**
     * Reads the settings, and notes what is wrong with them or does not go with the rest of the scenario. Looks at the
     * scenario only: what the host can hold is asked by {@link #unfit}.
     *
     * @param settings the mapping behind {@link #key}; an empty one where it is left out
     */
    MeasureSettings read(YamlMap settings, ScenarioView scenario);

    /** Returns the limits of every instance, where the measure needs some processors for itself. */
    default Limits limits(Limits given, MeasureSettings settings) {
        return given;
    }

    /**
     * Says why a host cannot hold what a plan asks for, with the remedy; empty where it can.
     *
     * @param host what the host and the plan's targets are like
     */
    default Optional<String> unfit(Plan plan, HostView host) {
        return Optional.empty();
    }

    /**
     * Returns lines that say what a plan measures with, each a word of ten letters at most and what it stands for; empty
     * where the plan's own lines say it all.
     */
    default List<PlanLine> describe(MeasureSettings settings, HostView host) {
        return List.of();
    }

    /**
     * Estimates how long one trial of a target takes, in seconds.
     *
     * @param start what a launch of the target takes, with the limits of the plan
     * @param processors of the host
     */
    double trialSeconds(MeasureSettings settings, TypicalStart start, int processors);

    /**
     * Returns what targets must be able to do beside launching, whose options they have then; empty for nothing. A measure
     * that takes {@link Faculty#BUILD} builds the workload's image itself: its base is made ready instead of it, and what
     * instances run is not proved before.
     */
    default Optional<Faculty> faculty() {
        return Optional.empty();
    }

    /** Returns whether targets must be able to do this. */
    default boolean takes(Faculty asked) {
        return faculty().filter(asked::equals).isPresent();
    }

    /** Returns whether it traces the host's kernel, which the host has to allow. */
    default boolean traces() {
        return false;
    }

    /** Returns whether the run has a registry of its own. */
    default boolean runsRegistry(MeasureSettings settings) {
        return false;
    }

    /** Returns the service of an application whose image is changed within a trial, and is prepared before; empty for none. */
    default Optional<String> changed(MeasureSettings settings) {
        return Optional.empty();
    }

    /**
     * Returns what is launched where a scenario names no workload; empty where it has to name one. A measure that has one of
     * its own starts its own programs, so that a scenario names an image that has them, and nothing else of a workload.
     */
    default Optional<Workload> workload() {
        return Optional.empty();
    }

    /** Returns the same as {@link #workload()}, with what the settings ask for beside the usual. */
    default Optional<Workload> workload(MeasureSettings settings) {
        return workload();
    }

    /** Returns whether every place for data has to be a file system made for its trial. */
    default boolean wantsFreshPlaces(MeasureSettings settings) {
        return false;
    }

    /** Says why an image that is ready does not do, with the remedy; empty where it does. */
    default Optional<String> unfit(Plan plan, PreparedImage image) {
        return Optional.empty();
    }

    /** Makes the procedure of a session; nothing is measured yet. */
    Procedure procedure(SessionOrder order);

    /** Returns the files that hold what a trial records beside its metrics; empty for none. */
    default List<DetailFile<?>> details() {
        return List.of();
    }
}
