package dev.bench.session;

import dev.bench.result.Failure;
import dev.bench.result.SortedMaps;
import dev.bench.result.WritableLayer;
import java.util.Map;

/**
 * Tells what a session found beside its launches.
 *
 * @param wallSeconds from the start of the first block to the end of the last
 * @param launchSeconds sum of all launches and removals in that time
 * @param givenUp targets that failed every launch of the discarded blocks, or whose engine left an instance running, and
 *     were not measured from then on, and those that failed every launch that was to be measured; with their failure
 * @param writable what instances write over their image, by target; empty in a session that did not look
 * @param complete whether every launch was made that was planned for targets that were not given up
 */
public record SessionReport(
        double wallSeconds,
        double launchSeconds,
        Map<String, Failure> givenUp,
        Map<String, WritableLayer> writable,
        boolean complete) {
    public SessionReport {
        writable = SortedMaps.copyOf(writable);
        givenUp = SortedMaps.copyOf(givenUp);
    }
}
