package dev.bench.measure.stack;

import dev.bench.probe.ReadinessProbe;
import dev.bench.result.ResultStore;
import dev.bench.session.Operation;
import dev.bench.session.Procedure;
import dev.bench.session.SessionOrder;
import dev.bench.session.Trial;
import dev.bench.target.StackRequest;
import dev.bench.workload.Service;
import dev.bench.workload.Stack;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;

/** Makes trials of one application. */
final class StackProcedure implements Procedure {
    private final SessionOrder order;
    private final StackSettings settings;
    private final Stack stack;
    private final ReadinessProbe probe;
    private final ResultStore store;

    StackProcedure(SessionOrder order, StackSettings settings, Stack stack) {
        this.order = order;
        this.settings = settings;
        this.stack = stack;
        this.probe = new ReadinessProbe(order.plan().workload().readiness());
        this.store = new ResultStore(order.resultDirectory());
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
                record -> store.append(StackRecord.FILE, record));
    }
}
