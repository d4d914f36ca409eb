package dev.bench.target;

import dev.bench.host.SystemFiles;
import dev.bench.result.TargetKind;
import dev.bench.workload.Limits;
import dev.bench.workload.PreparedImage;
import dev.bench.workload.Stack;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

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
     * Returns the options that a target of a measure of a faculty may have beside the others; empty where its targets do not
     * have that faculty.
     */
    default Optional<List<OptionSpec>> options(Faculty faculty) {
        return Optional.empty();
    }

    /** Returns what a target of its options needs of the host beside what all of its driver's do, as {@link HostChecks} name it. */
    default Set<String> needs(TargetDefinition definition) {
        return Set.of();
    }

    /** Returns how many bytes of data a target's place can hold; {@link Long#MAX_VALUE} where only a disk bounds it. */
    default long placeBytes(TargetDefinition definition, Limits limits) {
        return Long.MAX_VALUE;
    }

    /** Returns which option keeps a target's places from being file systems made for each trial; empty where none does. */
    default Optional<OptionFault> notFresh(TargetDefinition definition) {
        return Optional.empty();
    }

    /**
     * Says why a target's places cannot be file systems made for each trial on this host; empty where they can.
     *
     * @param existing whether an existing service launches its instances
     */
    default Optional<String> notFresh(TargetDefinition definition, boolean existing) {
        return Optional.empty();
    }

    /** Returns what is wrong with options that are each accepted and do not go together; empty where they do. */
    default Optional<OptionFault> fault(TargetDefinition definition) {
        return Optional.empty();
    }

    /** Returns which option does not go with the limits that every instance gets; empty where all do. */
    default Optional<OptionFault> fault(TargetDefinition definition, Limits limits) {
        return Optional.empty();
    }

    /**
     * Returns which option does not go with the services that an application is made of, as far as its description tells of
     * them; empty where all do.
     */
    default Optional<OptionFault> fault(TargetDefinition definition, Stack stack) {
        return Optional.empty();
    }

    /**
     * Connects to what launches instances and prepares everything that all instances share; nothing of it is timed.
     *
     * @throws TargetException where the host or the image does not allow it
     */
    Target open(TargetDefinition definition, PreparedImage image, Limits limits, LabView lab) throws TargetException;

    /** Returns the option that names an existing service to launch by; empty where there is none to be named. */
    default Optional<Endpoint> endpoint() {
        return Optional.empty();
    }

    /**
     * Returns whether an existing service has volumes that outlive runs, for applications that call some external. A lab's
     * own service has none: it begins with nothing that was not made by a run.
     */
    default boolean keepsVolumes() {
        return false;
    }

    /** Returns what starts the service of a lab that launches instances; empty where they are launched without one. */
    default Optional<LabService.Starter> service() {
        return Optional.empty();
    }

    /** Returns the container engine that images are made with; empty where this driver has none. */
    default Optional<ImageEngine> images() {
        return Optional.empty();
    }

    /** Returns what removes the leftovers of dead runs. */
    default LeftoverRemoval leftovers() {
        return LeftoverRemoval.NONE;
    }

    /** Returns what examines a host for targets of this driver. */
    default HostChecks checks() {
        return HostChecks.NONE;
    }

    /** Returns what the packages that the checks name do beside bringing files. */
    default DriverPackages packages() {
        return DriverPackages.NONE;
    }

    /** Returns the versions of what launches instances, by name, in display order, without what is not installed. */
    default Map<String, String> versions(SystemFiles files) {
        return Map.of();
    }

    /**
     * Makes what all targets of these options start from beside the image, where the cache has it not yet. It is called
     * outside of the lab's network, which leads nowhere.
     *
     * @param progress hears of what takes a while
     * @throws IOException where it cannot be made, with the reason and what to try
     */
    default void prepare(TargetDefinition definition, Path cacheDirectory, Consumer<String> progress)
            throws IOException {}

    /** Returns what a launch of a target typically takes. */
    default TypicalStart typicalStart(TargetDefinition definition) {
        return TypicalStart.ASSUMED;
    }
}
