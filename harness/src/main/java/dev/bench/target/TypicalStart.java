package dev.bench.target;

/**
 * Says what a launch takes on a small host where virtual machines are emulated, for the estimate of a run; a workload's
 * own start is not known. Good to a factor of two.
 *
 * @param startSeconds seconds from the request to the workload's execution, on a processor of its own
 * @param removalSeconds seconds that the removal of an instance takes
 * @param requestSeconds seconds for which a small HTTP request keeps the processor
 * @param recoverySeconds seconds until the host has back what an instance had of its memory; 0 where it has at once
 */
public record TypicalStart(double startSeconds, double removalSeconds, double requestSeconds, double recoverySeconds) {
    /** What is assumed where a driver says nothing: the figures of a container. */
    public static final TypicalStart ASSUMED = new TypicalStart(0.4, 0.4, 5e-4, 0);
}
