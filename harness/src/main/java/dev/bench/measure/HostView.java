package dev.bench.measure;

/**
 * Shows a measure what it needs to know of the host before anything starts.
 *
 * @param memoryBytes memory of the host; {@link Long#MAX_VALUE} where it is not known
 * @param machines whether a target of the plan is a virtual machine, whose memory is set aside for it
 */
public record HostView(long memoryBytes, boolean machines) {}
