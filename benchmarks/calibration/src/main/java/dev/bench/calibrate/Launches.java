package dev.bench.calibrate;

import dev.bench.host.Heap;
import dev.bench.plan.Plan;
import dev.bench.probe.ReadinessProbe;
import dev.bench.result.PhaseName;
import dev.bench.session.AddressPool;
import dev.bench.session.LaunchOperation;
import dev.bench.session.SessionOrder;
import dev.bench.target.Drivers;
import dev.bench.target.LabView;
import dev.bench.target.LaunchException;
import dev.bench.target.Target;
import dev.bench.target.TargetDefinition;
import dev.bench.target.TargetException;
import dev.bench.workload.Limits;
import dev.bench.workload.PreparedImage;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;

/** Makes launches of one workload, just as a session does, but one by one. */
final class Launches implements AutoCloseable {
    private final SessionOrder order;
    private final AddressPool addresses;
    private final ReadinessProbe probe;
    private final List<Target> opened = new ArrayList<>();
    private int count;

    Launches(SessionOrder order, AddressPool addresses) {
        this.order = order;
        this.addresses = addresses;
        this.probe = new ReadinessProbe(order.plan().workload().readiness());
    }

    Plan plan() {
        return order.plan();
    }

    PreparedImage image() {
        return order.image();
    }

    LabView lab() {
        return order.lab();
    }

    /** Opens the plan's target of a driver; it is closed with this. */
    Target open(String driver) throws TargetException {
        TargetDefinition definition = order.plan().targets().stream()
                .filter(candidate -> candidate.driver().equals(driver))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the scenario has no target of " + driver));
        return open(definition);
    }

    /** Opens a target; it is closed with this. */
    Target open(TargetDefinition definition) throws TargetException {
        return open(definition, order.plan().limits());
    }

    /** Opens a target whose instances have other limits; it is closed with this. */
    Target open(TargetDefinition definition, Limits limits) throws TargetException {
        Target target = Drivers.of(Drivers.all(), definition).open(definition, order.image(), limits, order.lab());
        opened.add(target);
        return target;
    }

    /** Returns a fresh name, which carries the run id, so that what bears it is found again. */
    String nextName() {
        count++;
        return "bench-" + order.lab().runId() + "-" + order.plan().name() + "-" + count;
    }

    InetAddress nextAddress() {
        return addresses.next();
    }

    /** Returns a launch that is ready to begin. */
    LaunchOperation operation(Target target, InetAddress address) throws LaunchException {
        target.reserve(1);
        Heap.makeRoom();
        return unreserved(target, address);
    }

    /** Returns the same in the middle of what is timed, where nothing can be reserved. */
    LaunchOperation unreserved(Target target, InetAddress address) {
        String name = nextName();
        return new LaunchOperation(
                target.definition().name(),
                target,
                probe,
                name,
                address,
                order.resultDirectory().resolve(name + ".log"));
    }

    /** Launches an instance, removes it, and returns how long after the request it was ready, in milliseconds. */
    double readyMs(Target target) throws LaunchException {
        LaunchOperation operation = operation(target, nextAddress());
        try {
            operation.start();
            return millisTo(PhaseName.READY, operation);
        } finally {
            operation.remove();
        }
    }

    /** Returns how long after the request a phase was seen, in milliseconds. */
    static double millisTo(PhaseName phase, LaunchOperation operation) {
        return (operation.moments().at(phase).orElseThrow()
                        - operation.moments().at(PhaseName.REQUEST).orElseThrow())
                / 1e6;
    }

    @Override
    public void close() {
        opened.forEach(Target::close);
    }
}
