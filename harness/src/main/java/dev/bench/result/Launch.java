package dev.bench.result;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Records one launch of one target: a line of {@code launches.jsonl}.
 *
 * @param session number of the measuring JVM, from 1
 * @param block number of the block within the session; block 0 is discarded
 * @param position place of this launch within its block, from 0
 * @param target name of the target
 * @param warmup whether the launch belongs to a discarded block
 * @param ok whether the launch reached readiness
 * @param startedAt wall-clock time of the request, ISO-8601 in UTC; for people, never subtracted
 * @param values metric name to value; empty where the launch failed
 * @param phases the moments reached, in order of time
 * @param failure why there is no sample, or null where there is one
 */
public record Launch(
        int session,
        int block,
        int position,
        String target,
        boolean warmup,
        boolean ok,
        String startedAt,
        Map<String, Double> values,
        List<Phase> phases,
        @Nullable Failure failure) {
    public Launch {
        values = SortedMaps.copyOf(values);
        phases = List.copyOf(phases);
    }
}
