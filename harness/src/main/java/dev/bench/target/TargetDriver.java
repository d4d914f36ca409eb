package dev.bench.target;

import dev.bench.result.TargetKind;
import dev.bench.workload.Limits;
import dev.bench.workload.PreparedImage;
import java.util.List;

/**
 * Opens targets of one engine. Implementations are found with {@link java.util.ServiceLoader}, have a public
 * constructor without arguments that does no work, and are stateless.
 */
public interface TargetDriver {
    /** Returns the key under a target in a scenario, such as {@code docker}. */
    String engine();

    /** Returns the substrate this engine gives. */
    TargetKind kind();

    /** Returns the options a scenario may set, with what each accepts; the reader and the schema follow it. */
    List<OptionSpec> options();

    /**
     * Connects to the engine and prepares everything that all instances share; nothing of it is timed.
     *
     * @throws TargetException where the engine or the image does not allow it
     */
    Target open(TargetDefinition definition, PreparedImage image, Limits limits, LabView lab) throws TargetException;
}
