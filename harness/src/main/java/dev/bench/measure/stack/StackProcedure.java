package dev.bench.measure.stack;

import dev.bench.load.LoadGenerator;
import dev.bench.probe.ReadinessProbe;
import dev.bench.result.ResultStore;
import dev.bench.session.Operation;
import dev.bench.session.Procedure;
import dev.bench.session.SessionOrder;
import dev.bench.session.Trial;
import dev.bench.target.StackRequest;
import dev.bench.workload.Readiness;
import dev.bench.workload.Service;
import dev.bench.workload.Stack;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes trials of one application. */
final class StackProcedure implements Procedure {
    private final SessionOrder order;
    private final StackSettings settings;
    private final Stack stack;
    private final ReadinessProbe probe;
    private final ResultStore store;
    private final @Nullable FrontLoads loads;

    StackProcedure(SessionOrder order, StackSettings settings, Stack stack) {
        this.order = order;
        this.settings = settings;
        this.stack = stack;
        this.probe = new ReadinessProbe(order.plan().workload().readiness());
        this.store = new ResultStore(order.resultDirectory());
        this.loads = loads();
    }

    private @Nullable FrontLoads loads() {
        StackSettings.FrontLoad load = settings.load();
        if (load == null) {
            return null;
        }
        if (!(order.plan().workload().readiness() instanceof Readiness.Http http)) {
            throw new IllegalStateException("a load needs a service in front that answers HTTP");
        }
        return new FrontLoads(load, http, new LoadGenerator(store, LoadGenerator.HISTOGRAMS));
    }

    /** A service without those it depends on gets ready nowhere. */
    @Override
    public boolean launchesAlone() {
        return false;
    }

    @Override
    public Operation operation(Trial trial) {
        Map<String, InetAddress> addresses = new HashMap<>();
        for (Service service : stack.services()) {
            addresses.put(service.name(), trial.addresses().next());
        }
        StackRequest request =
                new StackRequest(trial.names().get(), stack, order.services(), order.changed(), addresses, trial.log());
        return new StackOperation(
                trial,
                order.plan().schedule().discards(trial.block()),
                settings,
                request,
                probe,
                order.plan().workload().readiness().timeout(),
                loads,
                record -> store.append(StackRecord.FILE, record));
    }
}
