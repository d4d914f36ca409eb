package dev.bench.target;

import dev.bench.result.TargetKind;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Launches instances of one workload on one substrate. Open for a whole session; used by one thread at a time except
 * where a method says otherwise.
 */
public interface Target extends AutoCloseable {
    /** Returns what the scenario asked for. */
    TargetDefinition definition();

    /** Returns the substrate. */
    TargetKind kind();

    /** Returns whether the CPU is emulated, so that times are not those of hardware. */
    boolean emulated();

    /** Returns engine, runtime, machine and accelerator with their versions, in display order. */
    Map<String, String> facts();

    /**
     * Returns as whom it launches the workload where its options say so, {@code uid} or {@code uid:gid}; empty where that is
     * the image's user, as everywhere else.
     */
    default Optional<String> declaredUser() {
        return Optional.empty();
    }

    /**
     * Returns whether {@link dev.bench.result.PhaseName#EXEC} is announced the moment it happens, so that probing
     * before it would only disturb.
     */
    boolean announcesExec();

    /**
     * Prepares, outside any timed region, for so many instances at a time; does nothing where an engine makes what it
     * needs itself.
     *
     * @throws LaunchException where it cannot
     */
    default void reserve(int instances) throws LaunchException {}

    /**
     * Creates and starts one instance; this is the timed region's first part.
     *
     * <p>Marks CREATED and STARTED before it returns, and KERNEL, INIT and EXEC as they are observed, possibly later
     * and from other threads. May be called by several threads at once with different requests.
     *
     * @throws LaunchException where the engine refuses; whatever was created for the instance is removed first
     */
    Instance launch(LaunchRequest request, PhaseRecorder phases) throws LaunchException;

    /**
     * Stops an instance that is ready, in a state from which it goes on, as the target's {@link StartMode} says; not timed.
     * Empty where its driver declares no {@link Faculty#START}.
     *
     * @param instance that this target has launched; the state's own from now on, however this ends
     * @throws LaunchException where it cannot be kept; nothing of it remains then
     */
    default Optional<KeptState> keep(Instance instance) throws LaunchException {
        return Optional.empty();
    }

    /**
     * Launches the workload once, untimed, and observes from inside the tree it runs on, its arguments, environment,
     * user and directory, and the kernel, processors and memory it sees.
     *
     * @throws TargetException where the observation fails
     */
    Observation observe(LaunchRequest request) throws TargetException;

    /**
     * Launches the workload once, untimed, with another program in the place of its executable, and returns what that
     * prints; empty where the substrate cannot.
     *
     * @param program a static executable that ends by itself
     * @throws TargetException where it does not end, or cannot be executed
     */
    default Optional<String> standIn(LaunchRequest request, byte[] program) throws TargetException {
        return Optional.empty();
    }

    /**
     * Asks that instances launched from now on are accounted for in a memory control group each, also where the
     * substrate does without one. Entering one takes time, so that launches which are timed are not asked for it.
     */
    void accountMemory();

    /** Returns the processes that serve every instance and outlive each: the engine's daemons; empty without any. */
    List<Long> daemons();

    /** Returns the size on disk, in bytes, of what every instance shares: the image in the form this substrate takes. */
    long imageBytes() throws IOException;

    /**
     * Returns what builds images for this substrate; empty where its driver declares no {@link Faculty#BUILD}.
     *
     * @throws TargetException where the builder is not to be had on this host
     */
    default Optional<ImageBuilder> builder(BuildRequest request) throws TargetException {
        return Optional.empty();
    }

    /**
     * Makes a place for data of the kind that the target's options name; empty where its driver declares no {@link
     * Faculty#STORE}.
     *
     * @throws LaunchException where it cannot be made; nothing of it remains then
     */
    default Optional<Place> place(PlaceRequest request) throws LaunchException {
        return Optional.empty();
    }

    /**
     * Returns what delivers two releases of the image in the way of this substrate, and makes them; empty where its driver
     * declares no {@link Faculty#DELIVER}. It is closed with the target.
     *
     * @throws TargetException where they cannot be made, or delivered, on this host
     */
    default Optional<ImageDelivery> delivery(DeliveryRequest request) throws TargetException {
        return Optional.empty();
    }

    /**
     * Prepares, outside any timed region, to run the services of an application; empty where its driver declares no {@link
     * Faculty#STACK}.
     *
     * @throws LaunchException where they cannot be run here; nothing of them remains then
     */
    default Optional<ServiceHost> stack(StackRequest request) throws LaunchException {
        return Optional.empty();
    }

    /** Releases what {@link TargetDriver#open} prepared. */
    @Override
    void close();
}
