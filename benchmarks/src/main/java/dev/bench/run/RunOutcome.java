package dev.bench.run;

import dev.bench.analysis.Analysed;
import dev.bench.compare.ComparisonReport;
import dev.bench.jvm.Blame;
import dev.bench.result.Failure;
import dev.bench.result.SortedMaps;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tells how a run ended.
 *
 * @param directory the result directory
 * @param analysed the analysed result, or null where nothing was measured
 * @param gate the verdict of a gate, or null where the run was none or nothing was measured
 * @param givenUp targets that were not measured, or not to the end, with their failure
 * @param failure what ended the run early, for a person, or null
 * @param blame what an early end came of; without a failure it means nothing
 * @param launchSeconds sum of all launches and removals
 * @param wallSeconds duration of the run, from the lab's start to its end
 */
public record RunOutcome(
        Path directory,
        @Nullable Analysed analysed,
        @Nullable ComparisonReport gate,
        Map<String, Failure> givenUp,
        @Nullable String failure,
        Blame blame,
        double launchSeconds,
        double wallSeconds) {
    public RunOutcome {
        givenUp = SortedMaps.copyOf(givenUp);
    }
}
