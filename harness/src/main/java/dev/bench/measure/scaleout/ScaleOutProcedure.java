package dev.bench.measure.scaleout;

import dev.bench.load.LoadGenerator;
import dev.bench.plan.Plan;
import dev.bench.probe.ReadinessProbe;
import dev.bench.result.ResultStore;
import dev.bench.session.HttpLoad;
import dev.bench.session.Operation;
import dev.bench.session.Procedure;
import dev.bench.session.Trial;
import dev.bench.workload.Readiness;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes trials of scale-out. */
public final class ScaleOutProcedure implements Procedure {
    private static final int REQUESTS = 1_000;

    private final Plan plan;
    private final ScaleOutSettings settings;
    private final ResultStore store;
    private final ReadinessProbe probe;
    private final LoadGenerator generator;

    /**
     * Creates the procedure of a plan.
     *
     * @param settings of the plan
     * @param store where details and histograms go
     */
    public ScaleOutProcedure(Plan plan, ScaleOutSettings settings, ResultStore store) {
        this.plan = plan;
        this.settings = settings;
        this.store = store;
        this.probe = new ReadinessProbe(plan.workload().readiness());
        this.generator = new LoadGenerator(store, LoadGenerator.HISTOGRAMS);
    }

    @Override
    public Operation operation(Trial trial) {
        return new ScaleOutOperation(
                trial,
                settings.starts(),
                loads(),
                generator,
                probe,
                store,
                plan.schedule().discards(trial.block()));
    }

    /** One instance by itself gets fewer than when it is measured, one after the other. */
    @Override
    public Optional<HttpLoad> load() {
        Throughput throughput = settings.throughput();
        return throughput != null && plan.workload().readiness() instanceof Readiness.Http http
                ? Optional.of(new HttpLoad(http, throughput.path(), REQUESTS))
                : Optional.empty();
    }

    private @Nullable Loads loads() {
        Throughput throughput = settings.throughput();
        if (throughput == null) {
            return null;
        }
        if (!(plan.workload().readiness() instanceof Readiness.Http http)) {
            throw new IllegalStateException("throughput needs a workload that answers HTTP");
        }
        return new Loads(throughput, http, generator);
    }
}
