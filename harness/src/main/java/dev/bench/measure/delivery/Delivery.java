package dev.bench.measure.delivery;

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

/** Measures deliveries of an image by way of a registry: the first, one after a change, and one without any. */
public final class Delivery implements Measure {
    /** A small image by a link as fast as the host: what compresses it counts most. */
    private static final double MOVING_SECONDS = 3;

    @Override
    public String id() {
        return DeliveryKeys.DELIVERY.name();
    }

    @Override
    public List<Metric> metrics() {
        return DeliveryMetrics.ALL;
    }

    @Override
    public Optional<Key<YamlMap>> key() {
        return Optional.of(DeliveryKeys.DELIVERY);
    }

    @Override
    public Class<DeliverySettings> settingsType() {
        return DeliverySettings.class;
    }

    @Override
    public DeliverySettings read(YamlMap settings, ScenarioView scenario) {
        return DeliveryKeys.read(settings);
    }

    @Override
    public List<PlanLine> describe(MeasureSettings settings, HostView host) {
        DeliverySettings asked = (DeliverySettings) settings;
        return List.of(
                new PlanLine("link", asked.describeLink()),
                new PlanLine("change", (asked.changeBytes() >> 10) + " KiB of the top layer"));
    }

    @Override
    public double trialSeconds(MeasureSettings settings, TypicalStart start, int processors) {
        return MOVING_SECONDS + DeliveryCase.values().length * (start.startSeconds() + start.removalSeconds());
    }

    @Override
    public Optional<Faculty> faculty() {
        return Optional.of(Faculty.DELIVER);
    }

    @Override
    public boolean runsRegistry(MeasureSettings settings) {
        return ((DeliverySettings) settings).registry() == null;
    }

    @Override
    public Procedure procedure(SessionOrder order) {
        return new DeliveryProcedure(order, (DeliverySettings) order.plan().settings());
    }

    @Override
    public List<DetailFile<?>> details() {
        return List.of(DeliveryRecord.FILE);
    }
}
