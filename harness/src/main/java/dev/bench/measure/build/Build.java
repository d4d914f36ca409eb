package dev.bench.measure.build;

import dev.bench.grammar.Key;
import dev.bench.grammar.YamlMap;
import dev.bench.measure.HostView;
import dev.bench.measure.Measure;
import dev.bench.measure.PlanLine;
import dev.bench.measure.ScenarioView;
import dev.bench.plan.MeasureSettings;
import dev.bench.result.DetailFile;
import dev.bench.result.Metric;
import dev.bench.session.Procedure;
import dev.bench.session.SessionOrder;
import dev.bench.target.Faculty;
import dev.bench.target.TypicalStart;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Measures builds of an image: cold, unchanged, and after each of several changes. */
public final class Build implements Measure {
    /** A small service on a base that is there: seconds with empty caches, and a share of that after a change. */
    private static final double COLD_SECONDS = 6;

    private static final double UNCHANGED_SECONDS = 0.3;
    private static final double CHANGE_SECONDS = 3;

    @Override
    public String id() {
        return BuildKeys.BUILD.name();
    }

    @Override
    public List<Metric> metrics() {
        return BuildMetrics.ALL;
    }

    @Override
    public Optional<Metric> metric(String id) {
        return Stream.concat(
                        Measure.super.metric(id).stream(),
                        BuildMetrics.OF_CHANGES.stream().flatMap(metric -> metric.member(id).stream()))
                .findFirst();
    }

    @Override
    public Optional<Key<YamlMap>> key() {
        return Optional.of(BuildKeys.BUILD);
    }

    @Override
    public Class<BuildSettings> settingsType() {
        return BuildSettings.class;
    }

    @Override
    public BuildSettings read(YamlMap settings, ScenarioView scenario) {
        return BuildKeys.read(settings, scenario);
    }

    @Override
    public List<PlanLine> describe(MeasureSettings settings, HostView host) {
        return ((BuildSettings) settings)
                .changes().stream()
                        .map(change -> new PlanLine("change", change.describe()))
                        .toList();
    }

    @Override
    public double trialSeconds(MeasureSettings settings, TypicalStart start, int processors) {
        BuildSettings asked = (BuildSettings) settings;
        double launch = asked.start() ? start.startSeconds() + start.removalSeconds() : 0;
        return COLD_SECONDS + UNCHANGED_SECONDS + asked.changes().size() * (CHANGE_SECONDS + launch);
    }

    @Override
    public Optional<Faculty> faculty() {
        return Optional.of(Faculty.BUILD);
    }

    @Override
    public Procedure procedure(SessionOrder order) {
        return new BuildProcedure(order, (BuildSettings) order.plan().settings());
    }

    @Override
    public List<DetailFile<?>> details() {
        return List.of(BuildRecord.FILE);
    }
}
