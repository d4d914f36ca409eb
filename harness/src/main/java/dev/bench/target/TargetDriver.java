package dev.bench.target;

import dev.bench.result.TargetKind;
import dev.bench.workload.Limits;
import dev.bench.workload.PreparedImage;
import java.util.List;

/**
 * Opens targets of one kind. Implementations are found with {@link java.util.ServiceLoader}, have a public
 * constructor without arguments that does no work, and are stateless.
 */
public interface TargetDriver {
    /** Returns the key under a target in a scenario, such as {@code docker}. */
    String key();

    /** Returns the substrate of a target whose options say nothing of it. */
    TargetKind kind();

    /** Returns the substrate of a target: what {@link Target#kind} will be once it is open. */
    default TargetKind kind(TargetDefinition definition) {
        return kind();
    }

    /** Returns the options a scenario may set, with what each accepts; the reader and the schema follow it. */
    List<OptionSpec> options();

    /**
     * Connects to what launches instances and prepares everything that all instances share; nothing of it is timed.
     *
     * @throws TargetException where the host or the image does not allow it
     */
    Target open(TargetDefinition definition, PreparedImage image, Limits limits, LabView lab) throws TargetException;

    /** Returns what a launch of a target typically takes. */
    default TypicalStart typicalStart(TargetDefinition definition) {
        return TypicalStart.ASSUMED;
    }
}
