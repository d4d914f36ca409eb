package dev.bench.measure;

import java.util.List;

/**
 * Shows a measure what it needs to know of the host before anything starts.
 *
 * @param memoryBytes memory of the host; {@link Long#MAX_VALUE} where it is not known
 * @param freeBytes what is free where instances are kept on disk; {@link Long#MAX_VALUE} where it is not known
 * @param placeBytes how much data every place of the plan's targets can hold, where disks are large enough
 * @param machines whether a target of the plan is a virtual machine, whose memory is set aside for it
 * @param withoutVolumes names of the plan's targets that have no volumes but those that a trial makes
 * @param notFresh which of the plan's targets cannot have places that are file systems made for each trial, and why
 */
public record HostView(
        long memoryBytes,
        long freeBytes,
        long placeBytes,
        boolean machines,
        List<String> withoutVolumes,
        List<String> notFresh) {
    public HostView {
        withoutVolumes = List.copyOf(withoutVolumes);
        notFresh = List.copyOf(notFresh);
    }
}
