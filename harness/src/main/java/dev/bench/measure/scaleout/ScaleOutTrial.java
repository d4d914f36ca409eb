package dev.bench.measure.scaleout;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import dev.bench.result.DetailFile;
import dev.bench.result.Quantile;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Records what one trial of scale-out found beside its metrics: a line of {@code scaleout.jsonl}.
 *
 * @param session number of the measuring JVM, from 1
 * @param block number of the block within the session
 * @param target name of the target, or that of its A/A copy
 * @param warmup whether the trial belongs to a discarded block
 * @param starts every instance, in the order of intended starts
 * @param oneMore the instance started while all others ran, timed from its own request; null where it was not reached
 * @param points every load that was to be applied, in the order of application
 * @param density how many instances the declared bound allows, or null where none is declared
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record ScaleOutTrial(
        int session,
        int block,
        String target,
        boolean warmup,
        List<Start> starts,
        @Nullable Start oneMore,
        List<LoadPoint> points,
        @Nullable Density density) {
    /** Where trials are stored. */
    public static final DetailFile<ScaleOutTrial> FILE =
            new DetailFile<>("scaleout.jsonl", ScaleOutTrial.class, "a trial of scale-out");

    public ScaleOutTrial {
        starts = List.copyOf(starts);
        points = List.copyOf(points);
    }

    /** Returns the trial's starts that ended in readiness. */
    public List<Start> ready() {
        return starts.stream().filter(start -> start.readyMs() != null).toList();
    }

    /**
     * Records one instance's start.
     *
     * @param intendedMs intended start, in milliseconds since the first intended start of the trial
     * @param readyMs readiness on the same clock, or null where it failed
     * @param endedMs when it was ready or had failed, on the same clock
     * @param failure why it failed, or null where it did not
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Start(
            double intendedMs,
            @Nullable Double readyMs,
            double endedMs,
            @Nullable String failure) {}

    /**
     * Records one load on a number of instances.
     *
     * @param instances how many ran and were asked
     * @param load what was asked: {@code closed}, {@code 100/s each}, {@code 0.5 of closed}
     * @param offeredPerSecond requests that were to begin per second
     * @param answeredPerSecond right answers per second
     * @param answered right answers within the window
     * @param failed requests answered wrongly or not to the end
     * @param unanswered requests still without an answer a second after the window
     * @param response latency from the intended start
     * @param service latency from the moment of sending
     * @param lagMs 99th percentile of the client's own delay in milliseconds
     * @param clientBusy share of the window in which the client's threads ran or wanted to run
     * @param clientBound whether the client was the bottleneck, so that this is no result
     * @param skipped why the load was not applied, or null where it was
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record LoadPoint(
            int instances,
            String load,
            double offeredPerSecond,
            double answeredPerSecond,
            long answered,
            long failed,
            long unanswered,
            List<Quantile> response,
            List<Quantile> service,
            double lagMs,
            double clientBusy,
            boolean clientBound,
            @Nullable String skipped) {
        /** The name of the closed loop. */
        public static final String CLOSED = "closed";

        public LoadPoint {
            response = List.copyOf(response);
            service = List.copyOf(service);
        }

        /** Returns a load that was not applied. */
        public static LoadPoint skipped(int instances, String load, String why) {
            return new LoadPoint(instances, load, 0, 0, 0, 0, 0, List.of(), List.of(), 0, 0, false, why);
        }

        /** Returns whether the load was applied and says something of the servers. */
        @JsonIgnore
        public boolean isResult() {
            return skipped == null && !clientBound;
        }
    }

    /**
     * Says how many instances fulfil the declared bound, each at the declared rate.
     *
     * @param load the load it was judged at, such as {@code 100/s each}
     * @param sloMs the bound of the 99th percentile in milliseconds
     * @param instances the largest number that fulfilled it together with every smaller one; 0 where none did
     * @param stop why not more; what was seen stands in brackets at its end
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Density(String load, double sloMs, int instances, String stop) {}
}
