package dev.bench.result;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Names the substrate a workload runs on. */
public enum TargetKind {
    /** The bare tree under chroot with the same limits: the floor. */
    PROCESS,
    /** A container of an OCI engine. */
    CONTAINER,
    /** A virtual machine. */
    VM;

    /** Returns whether instances run on a kernel of their own, beside the host's. */
    public boolean hasOwnKernel() {
        return this == VM;
    }

    /** Returns the name used in scenarios and stored results: {@code process}, {@code container} or {@code vm}. */
    @JsonValue
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
