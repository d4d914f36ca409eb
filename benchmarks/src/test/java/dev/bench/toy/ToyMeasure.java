package dev.bench.toy;

import dev.bench.grammar.Forms;
import dev.bench.grammar.Key;
import dev.bench.grammar.Keys;
import dev.bench.grammar.YamlMap;
import dev.bench.measure.HostView;
import dev.bench.measure.Measure;
import dev.bench.measure.PlanLine;
import dev.bench.measure.ScenarioView;
import dev.bench.plan.MeasureSettings;
import dev.bench.plan.Plan;
import dev.bench.probe.ReadinessProbe;
import dev.bench.result.DetailFile;
import dev.bench.result.Metric;
import dev.bench.result.ResultStore;
import dev.bench.session.Procedure;
import dev.bench.session.SessionOrder;
import dev.bench.target.TypicalStart;
import java.util.List;
import java.util.Optional;

/** Measures how long a target takes for some launches in a row. */
public final class ToyMeasure implements Measure {
    static final String ID = "toy";

    static final Metric TURN =
            Metric.lower("toy.turn_ms", "ms", "Turn", "one launch with its removal, the mean of a row");
    static final Metric RATE =
            Metric.higher("toy.turns_per_s", "/s", "Turns", "launches and removals in a row, by the time");

    private static final Key<Integer> TURNS =
            Key.of("turns", Forms.whole(1, 100), "Launches in a row.").byDefault(3);

    private static final Key<YamlMap> TOY =
            Key.of(ID, Forms.mappingOrNothing(Keys.of(TURNS)), "How a toy turns; with measure: toy.");

    /** Memory of the host that a turn is said to need. */
    private static final long BYTES_PER_TURN = 1L << 20;

    @Override
    public String id() {
        return ID;
    }

    @Override
    public List<Metric> metrics() {
        return List.of(TURN, RATE);
    }

    @Override
    public Optional<Key<YamlMap>> key() {
        return Optional.of(TOY);
    }

    @Override
    public Class<ToySettings> settingsType() {
        return ToySettings.class;
    }

    @Override
    public ToySettings read(YamlMap settings, ScenarioView scenario) {
        return new ToySettings(TURNS.in(settings));
    }

    @Override
    public Optional<String> unfit(Plan plan, HostView host) {
        return turns(plan.settings()) * BYTES_PER_TURN <= host.memoryBytes()
                ? Optional.empty()
                : Optional.of("this host has no room to turn. Give fewer toy.turns");
    }

    @Override
    public List<PlanLine> describe(MeasureSettings settings, HostView host) {
        return List.of(new PlanLine("turns", turns(settings) + " in a row"));
    }

    @Override
    public double trialSeconds(MeasureSettings settings, TypicalStart start, int processors) {
        return turns(settings) * (start.startSeconds() + start.removalSeconds());
    }

    @Override
    public Procedure procedure(SessionOrder order) {
        ReadinessProbe probe = new ReadinessProbe(order.plan().workload().readiness());
        ResultStore store = new ResultStore(order.resultDirectory());
        int turns = turns(order.plan().settings());
        return trial -> new ToyOperation(trial, probe, turns, turn -> store.append(ToyTurn.FILE, turn));
    }

    @Override
    public List<DetailFile<?>> details() {
        return List.of(ToyTurn.FILE);
    }

    private static int turns(MeasureSettings settings) {
        return ((ToySettings) settings).turns();
    }
}
