package dev.bench.measure.scaleout;

import dev.bench.grammar.Key;
import dev.bench.grammar.YamlMap;
import dev.bench.load.Load;
import dev.bench.load.LoadGenerator;
import dev.bench.measure.HostView;
import dev.bench.measure.Measure;
import dev.bench.measure.ScenarioView;
import dev.bench.plan.MeasureSettings;
import dev.bench.plan.Plan;
import dev.bench.result.DetailFile;
import dev.bench.result.Metric;
import dev.bench.result.ResultStore;
import dev.bench.session.Procedure;
import dev.bench.session.SessionOrder;
import dev.bench.target.TypicalStart;
import dev.bench.workload.Limits;
import java.util.List;
import java.util.Optional;

/** Measures many instances at once: their starts, and what they answer together. */
public final class ScaleOut implements Measure {
    /** What the host itself, the engines and the tool are left. */
    private static final long HOST_BYTES = 2L << 30;

    @Override
    public String id() {
        return ScaleOutKeys.SCALE_OUT.name();
    }

    @Override
    public List<Metric> metrics() {
        return List.of(
                ScaleOutMetrics.READY,
                ScaleOutMetrics.FIRST,
                ScaleOutMetrics.HALF,
                ScaleOutMetrics.ALL,
                ScaleOutMetrics.START,
                ScaleOutMetrics.ONE_MORE,
                ScaleOutMetrics.REQUESTS,
                ScaleOutMetrics.LATENCY);
    }

    @Override
    public Optional<Key<YamlMap>> key() {
        return Optional.of(ScaleOutKeys.SCALE_OUT);
    }

    @Override
    public Optional<String> formerKey() {
        return Optional.of(ScaleOutKeys.FORMER);
    }

    @Override
    public Class<ScaleOutSettings> settingsType() {
        return ScaleOutSettings.class;
    }

    @Override
    public ScaleOutSettings read(YamlMap settings, ScenarioView scenario) {
        return ScaleOutKeys.read(settings, scenario);
    }

    /** Keeps instances off the processors that the load generator has for itself. */
    @Override
    public Limits limits(Limits given, MeasureSettings settings) {
        return ((ScaleOutSettings) settings).throughput() == null
                ? given
                : given.on(LoadGenerator.processorsOfInstances());
    }

    /** A machine's memory is set aside for it; that of a process or a container is a limit it may never come near. */
    @Override
    public Optional<String> unfit(Plan plan, HostView host) {
        int instances = ((ScaleOutSettings) plan.settings()).starts().instances();
        long each = plan.limits().memoryBytes();
        long most = (host.memoryBytes() - HOST_BYTES) / each - 1;
        if (!host.machines() || instances <= most) {
            return Optional.empty();
        }
        return Optional.of(String.format(
                "%d machines of %d MiB and one more need %d MiB beside %d MiB for the host, which has %d MiB;"
                        + " give at most %d instances or less of limits.memory",
                instances,
                each >> 20,
                (instances + 1L) * each >> 20,
                HOST_BYTES >> 20,
                host.memoryBytes() >> 20,
                Math.max(0, most)));
    }

    @Override
    public double trialSeconds(MeasureSettings settings, TypicalStart start, int processors) {
        ScaleOutSettings asked = (ScaleOutSettings) settings;
        Starts starts = asked.starts();
        double each = start.startSeconds();
        int together = Math.min(starts.instances(), processors);
        double all = starts.ratePerSecond() > 0
                ? Math.max(starts.instances() / starts.ratePerSecond(), starts.instances() * each / together)
                : starts.instances() * each / Math.min(together, starts.concurrency());
        double seconds = all + each + start.removalSeconds();
        Throughput throughput = asked.throughput();
        if (throughput == null) {
            return seconds + start.removalSeconds();
        }
        int loads = 1 + throughput.ratesEach().size() + throughput.shares().size();
        double load = Load.seconds(throughput.duration());
        return seconds + throughput.instances().size() * (loads * load + start.removalSeconds());
    }

    @Override
    public Procedure procedure(SessionOrder order) {
        return new ScaleOutProcedure(
                order.plan(), (ScaleOutSettings) order.plan().settings(), new ResultStore(order.resultDirectory()));
    }

    @Override
    public List<DetailFile<?>> details() {
        return List.of(ScaleOutTrial.FILE);
    }
}
