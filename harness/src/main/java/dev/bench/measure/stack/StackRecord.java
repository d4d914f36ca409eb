package dev.bench.measure.stack;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import dev.bench.result.DetailFile;
import dev.bench.result.Quantile;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Records one trial of an application: a line of {@code stacks.jsonl}. Moments are in milliseconds since the request of the
 * first service.
 *
 * @param session number of the measuring JVM, from 1
 * @param block number of the block within the session
 * @param target name of the target, or of its A/A copy
 * @param warmup whether the trial belongs to a discarded block
 * @param readyMs when all services were ready
 * @param answerMs when the service in front had answered correctly
 * @param services in the order in which they may start
 * @param path what the later of the two moments waited for, in order of time
 * @param loads what the service in front was asked, the closed loop first; empty where that was not asked for
 * @param notes what of the Compose file is heeded in another way, or has no effect, a sentence each
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record StackRecord(
        int session,
        int block,
        String target,
        boolean warmup,
        double readyMs,
        double answerMs,
        List<ServiceTimes> services,
        List<PathPart> path,
        List<FrontLoad> loads,
        List<String> notes) {
    /** Where trials are stored. */
    public static final DetailFile<StackRecord> FILE =
            new DetailFile<>("stacks.jsonl", StackRecord.class, "a trial of an application");

    public StackRecord {
        services = List.copyOf(services);
        path = List.copyOf(path);
        // Results of before there were loads have none.
        loads = List.copyOf(Objects.requireNonNullElse(loads, List.of()));
        notes = List.copyOf(notes);
    }

    /**
     * Is how one service came up.
     *
     * @param name its name
     * @param after what it waited for
     * @param requestedMs when its engine was asked for it
     * @param startedMs when the engine had started it
     * @param healthyMs when its health check had passed, or null where it has none
     * @param completedMs when it had ended, where others waited for that, or null
     * @param checks how often its health check was executed
     * @param early whether a check that passed was executed before its interval was over
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record ServiceTimes(
            String name,
            List<Edge> after,
            double requestedMs,
            double startedMs,
            @Nullable Double healthyMs,
            @Nullable Double completedMs,
            int checks,
            boolean early) {
        public ServiceTimes {
            after = List.copyOf(after);
        }

        /** Returns when it was ready. */
        public double readyMs() {
            double healthy = healthyMs == null ? startedMs : healthyMs;
            return completedMs == null ? healthy : Math.max(healthy, completedMs);
        }
    }

    /**
     * Is one load on the service in front.
     *
     * @param open whether requests began at their own times, and not when the one before was answered
     * @param offeredPerSecond requests that were to begin per second; in the closed loop those answered
     * @param answeredPerSecond right answers per second
     * @param answered right answers within the window
     * @param failed requests answered wrongly, not to the end, or not within a second after the window
     * @param response latency from the intended start
     * @param service latency from the moment of sending
     * @param clientBusy share of the window in which the client's threads ran or wanted to run
     * @param clientBound whether the client was the bottleneck, so that this is no result
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record FrontLoad(
            boolean open,
            double offeredPerSecond,
            double answeredPerSecond,
            long answered,
            long failed,
            List<Quantile> response,
            List<Quantile> service,
            double clientBusy,
            boolean clientBound) {
        public FrontLoad {
            response = List.copyOf(response);
            service = List.copyOf(service);
        }
    }

    /**
     * Is what a service waits for.
     *
     * @param service the other's name
     * @param condition {@code started}, {@code healthy} or {@code completed}
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Edge(String service, String condition) {}

    /**
     * Is one part of the critical path.
     *
     * @param service whose part it is
     * @param what it does: {@code starts}, {@code gets healthy}, {@code completes} or {@code answers}
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record PathPart(String service, String what, double startMs, double endMs) {
        /** What a service in front does last. */
        public static final String ANSWERS = "answers";

        /** Returns how long it took. */
        public double ms() {
            return endMs - startMs;
        }

        /** Returns whether it is the wait of whoever asks. */
        @JsonIgnore
        public boolean isAnswer() {
            return what.equals(ANSWERS);
        }
    }

    /** Returns when the application as a whole was up. */
    public double upMs() {
        return Math.max(readyMs, answerMs);
    }
}
