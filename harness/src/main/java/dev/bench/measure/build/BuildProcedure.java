package dev.bench.measure.build;

import dev.bench.plan.Gate;
import dev.bench.plan.Plan;
import dev.bench.probe.ReadinessProbe;
import dev.bench.result.FailureKind;
import dev.bench.result.ResultStore;
import dev.bench.session.Operation;
import dev.bench.session.Procedure;
import dev.bench.session.SessionOrder;
import dev.bench.session.Trial;
import dev.bench.target.BuildRequest;
import dev.bench.target.ImageBuilder;
import dev.bench.target.LaunchException;
import dev.bench.target.Target;
import dev.bench.target.TargetException;
import dev.bench.workload.ImageSource;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** Makes trials of builds: cold, unchanged, and once after every change. */
public final class BuildProcedure implements Procedure {
    private final SessionOrder order;
    private final BuildSettings settings;
    private final ReadinessProbe probe;
    private final ResultStore store;
    private final Map<String, Workshop> workshops = new HashMap<>();

    /** Creates the procedure of a session. */
    public BuildProcedure(SessionOrder order, BuildSettings settings) {
        this.order = order;
        this.settings = settings;
        this.probe = new ReadinessProbe(order.plan().workload().readiness());
        this.store = new ResultStore(order.resultDirectory());
    }

    /**
     * Is what one target builds with and from.
     *
     * @param files its own copy of them
     */
    record Workshop(ImageBuilder builder, BuildFiles files) {}

    /** Opens the workshop of a target. */
    @FunctionalInterface
    interface Opening {
        Workshop open() throws LaunchException;
    }

    @Override
    public Operation operation(Trial trial) {
        return new BuildOperation(
                trial,
                order.plan().schedule().discards(trial.block()),
                settings,
                probe,
                () -> workshop(trial.target()),
                record -> store.append(BuildRecord.FILE, record));
    }

    private Workshop workshop(Target target) throws LaunchException {
        String name = target.definition().name();
        Workshop known = workshops.get(name);
        if (known != null) {
            return known;
        }
        Plan plan = order.plan();
        ImageSource.Dockerfile source = source(name);
        try {
            String plain = target.definition().plainName();
            BuildFiles files = BuildFiles.copy(
                    source.directory(),
                    order.lab().workDirectory().resolve("context-" + order.session() + "-" + plain));
            BuildRequest request = new BuildRequest(
                    files.directory(),
                    order.imageOf(name),
                    source.base() != null,
                    plan.workload().overrides(),
                    order.lab().runId() + "-" + order.session() + "-" + plain);
            ImageBuilder builder = target.builder(request)
                    .orElseThrow(() -> new IllegalStateException("target " + name + " builds no images"));
            Workshop opened = new Workshop(builder, files);
            workshops.put(name, opened);
            return opened;
        } catch (TargetException e) {
            throw new LaunchException(FailureKind.ENGINE, String.valueOf(e.getMessage()), e);
        } catch (IOException e) {
            throw new LaunchException(
                    FailureKind.ENGINE, "cannot copy " + source.directory() + " to build from: " + e.getMessage(), e);
        }
    }

    /** Returns what a target builds, which the reader of scenarios sees to has a Dockerfile. */
    private ImageSource.Dockerfile source(String target) {
        Plan plan = order.plan();
        Gate gate = plan.gate();
        ImageSource source = gate != null && gate.image() != null && plan.runsBaselineImage(target)
                ? gate.image()
                : plan.workload().image();
        if (source instanceof ImageSource.Dockerfile dockerfile) {
            return dockerfile;
        }
        throw new IllegalStateException("target " + target + " has no Dockerfile: " + source);
    }
}
