package dev.bench.measure.stack;

import dev.bench.grammar.Key;
import dev.bench.grammar.YamlMap;
import dev.bench.load.Load;
import dev.bench.load.LoadGenerator;
import dev.bench.measure.HostView;
import dev.bench.measure.Measure;
import dev.bench.measure.PlanLine;
import dev.bench.measure.ScenarioView;
import dev.bench.plan.MeasureSettings;
import dev.bench.plan.Plan;
import dev.bench.result.Count;
import dev.bench.result.DetailFile;
import dev.bench.result.Metric;
import dev.bench.session.Procedure;
import dev.bench.session.SessionOrder;
import dev.bench.target.Faculty;
import dev.bench.target.TypicalStart;
import dev.bench.workload.Limits;
import dev.bench.workload.Stack;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;

/** Measures applications of several services: up, answering, changed and down. */
public final class Stacks implements Measure {
    /** A service's own start, with a database's first one in mind. */
    private static final double OWN_SECONDS = 3;

    @Override
    public String id() {
        return StackKeys.STACK.name();
    }

    @Override
    public List<Metric> metrics() {
        return StackMetrics.ALL;
    }

    @Override
    public Optional<Key<YamlMap>> key() {
        return Optional.of(StackKeys.STACK);
    }

    @Override
    public Class<StackSettings> settingsType() {
        return StackSettings.class;
    }

    @Override
    public StackSettings read(YamlMap settings, ScenarioView scenario) {
        return StackKeys.read(settings, scenario);
    }

    @Override
    public Optional<String> changed(MeasureSettings settings) {
        return Optional.ofNullable(((StackSettings) settings).change());
    }

    @Override
    public List<PlanLine> describe(MeasureSettings settings, HostView host) {
        StackSettings asked = (StackSettings) settings;
        List<PlanLine> lines = new ArrayList<>();
        lines.add(new PlanLine(
                "health",
                asked.early()
                        ? "at the checks' intervals, and once connections are accepted where a check asks on the network"
                        : "at the checks' intervals"));
        if (asked.change() != null) {
            lines.add(new PlanLine("change", "the image of " + asked.change()));
        }
        StackSettings.FrontLoad load = asked.load();
        if (load != null) {
            String closed = Count.of(load.connections(), "connection") + " for "
                    + load.duration().toMillis() / 1e3 + " s" + " at " + load.path();
            lines.add(new PlanLine(
                    "load", load.ratePerSecond() > 0 ? closed + ", then " + load.ratePerSecond() + "/s" : closed));
        }
        return lines;
    }

    /** Keeps services off the processors that the load generator has for itself. */
    @Override
    public Limits limits(Limits given, MeasureSettings settings) {
        return ((StackSettings) settings).load() == null ? given : given.on(LoadGenerator.processorsOfInstances());
    }

    @Override
    public Optional<String> unfit(Plan plan, HostView host) {
        Stack stack = plan.workload().stack();
        if (stack != null
                && !stack.external().isEmpty()
                && !host.withoutVolumes().isEmpty()) {
            return Optional.of("the volume "
                    + String.join(", ", new TreeSet<>(stack.external().keySet())) + " is external, and "
                    + String.join(", ", host.withoutVolumes())
                    + " has no volumes but those that a trial makes: name an existing engine, with --docker-host, for"
                    + " targets that are containers only, or leave external out");
        }
        long machines = stack == null ? 1 : stack.services().size();
        long bytes = machines * plan.limits().memoryBytes();
        return host.machines() && bytes > host.memoryBytes()
                ? Optional.of(
                        machines + " virtual machines of " + (plan.limits().memoryBytes() >> 20)
                                + " MiB each are more than the " + (host.memoryBytes() >> 20)
                                + " MiB this host has. Give less limits.memory, or fewer services")
                : Optional.empty();
    }

    @Override
    public double trialSeconds(MeasureSettings settings, TypicalStart start, int processors) {
        StackSettings asked = (StackSettings) settings;
        double changed = asked.change() == null ? 0 : start.startSeconds() + OWN_SECONDS;
        StackSettings.FrontLoad load = asked.load();
        double loaded = load == null ? 0 : load.loops() * Load.seconds(load.duration());
        return 3 * (start.startSeconds() + start.removalSeconds()) + OWN_SECONDS + changed + loaded;
    }

    @Override
    public Optional<Faculty> faculty() {
        return Optional.of(Faculty.STACK);
    }

    @Override
    public Procedure procedure(SessionOrder order) {
        return new StackProcedure(
                order,
                (StackSettings) order.plan().settings(),
                Objects.requireNonNull(order.plan().workload().stack(), "the plan has no services"));
    }

    @Override
    public List<DetailFile<?>> details() {
        return List.of(StackRecord.FILE);
    }
}
