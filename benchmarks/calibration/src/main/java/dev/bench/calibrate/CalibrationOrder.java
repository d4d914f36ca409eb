package dev.bench.calibrate;

import dev.bench.session.SessionOrder;
import dev.bench.target.TargetDefinition;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells the calibrating JVM all it has to know.
 *
 * @param workload the scenario's workload, which answers HTTP
 * @param clock the workload that tells when it started and when it could be reached
 * @param storage what measures storage, or null where that is left out
 * @param stack what measures an application, or null where that is left out
 * @param composeFile the file of that application
 * @param builds targets that build, see {@link BuildWorkload}
 * @param context directory to build from
 * @param launches pairs of launches per comparison of containers; fewer are made of machines, more of processes
 * @param parts what is to be taken; others are left out
 */
record CalibrationOrder(
        SessionOrder workload,
        SessionOrder clock,
        @Nullable SessionOrder storage,
        @Nullable SessionOrder stack,
        Path composeFile,
        List<TargetDefinition> builds,
        Path context,
        int launches,
        Set<Part> parts) {
    CalibrationOrder {
        builds = List.copyOf(builds);
        parts = Set.copyOf(parts);
    }
}
