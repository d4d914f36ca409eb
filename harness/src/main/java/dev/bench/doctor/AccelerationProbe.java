package dev.bench.doctor;

import java.io.IOException;

/** Finds out whether virtual machines really run under KVM, by starting one. */
@FunctionalInterface
public interface AccelerationProbe {
    /**
     * Starts a guest, or repeats what was found since the host's boot.
     *
     * @throws IOException where no guest could be started at all
     */
    Acceleration probe() throws IOException;

    /**
     * Holds what was found.
     *
     * @param works whether a guest ran
     * @param finding one sentence
     */
    record Acceleration(boolean works, String finding) {}
}
