package dev.bench.engine;

import dev.bench.probe.ReadinessProbe;
import dev.bench.workload.Readiness;

/** Makes single launches. */
public final class StartupProcedure implements Procedure {
    private final ReadinessProbe probe;

    /** Creates the procedure for a definition of ready. */
    public StartupProcedure(Readiness readiness) {
        this.probe = new ReadinessProbe(readiness);
    }

    @Override
    public LaunchOperation operation(Trial trial) {
        return new LaunchOperation(
                trial.label(),
                trial.target(),
                probe,
                trial.names().get(),
                trial.addresses().next(),
                trial.log());
    }
}
