package dev.bench.result;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/**
 * Names the moments of a launch, in the order in which they happen.
 *
 * <p>One vocabulary serves every substrate; all moments are read on the host's monotonic clock. A substrate leaves out
 * the moments it does not have ({@link #KERNEL} and {@link #INIT} exist for virtual machines only; {@link #FIRMWARE}, {@link
 * #LOADER} and {@link #USERSPACE} for those that boot as a machine does).
 */
public enum PhaseName {
    /** Just before the first engine call for the instance; the origin of the time scale. */
    REQUEST,
    /** The instance exists (disk overlay, container or network namespace made) but does not run. */
    CREATED,
    /** The engine reported the instance as started. May come after {@link #EXEC} where the engine answers late. */
    STARTED,
    /** The firmware's first word, where it boots a disk by itself. */
    FIRMWARE,
    /** The boot loader on the disk runs and has read what it is to do. */
    LOADER,
    /** The guest kernel's first instruction that the host can see; where a boot loader starts it, its jump there. */
    KERNEL,
    /** The guest's first user-space process runs; of a classic machine that of its initial RAM disk. */
    INIT,
    /** The initial RAM disk hands over to the init on the machine's own root. */
    USERSPACE,
    /** The workload's own program image replaced its launcher. */
    EXEC,
    /** The first correct response byte arrived at the probe. */
    READY;

    /** Returns the name used in stored results. */
    @JsonValue
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
