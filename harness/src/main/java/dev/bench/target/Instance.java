package dev.bench.target;

import dev.bench.result.WritableLayer;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Represents one running instance. */
public interface Instance extends AutoCloseable {
    /** Returns its name. */
    String name();

    /** Returns its own address. */
    InetAddress address();

    /**
     * Returns how the workload ended, or null while it runs. Cheap enough to be polled every few milliseconds; safe
     * from any thread.
     */
    @Nullable
    Exit exit();

    /**
     * Sends the image's stop signal and waits for the workload's end, at most for the grace period.
     *
     * @return how it ended, or null where it did not within the grace period
     */
    @Nullable
    Exit stop(Duration grace) throws LaunchException;

    /** Returns where to look for what this instance costs the host; asked for while it runs, outside timed regions. */
    Footprint footprint();

    /**
     * Asks the instance's own kernel for its {@code /proc/meminfo}; empty where it runs on the host's.
     *
     * @throws LaunchException where it does not answer
     */
    Map<String, Long> insideBytes() throws LaunchException;

    /** Returns what keeps what is written over the image. */
    default String layerForm() {
        return "overlayfs";
    }

    /**
     * Returns what has been written over the image so far, also after the workload's end; empty where that cannot be seen.
     *
     * @throws LaunchException where it cannot be read
     */
    default Optional<WritableLayer.Content> written() throws LaunchException {
        return Optional.empty();
    }

    /**
     * Tells whether the instance has a file, as the workload would find it; empty where that cannot be seen.
     *
     * @param path absolute; a guest is asked for {@link dev.bench.program.WriteTrial#TRACE} whatever is given
     * @throws LaunchException where a guest does not answer
     */
    default Optional<Boolean> holds(String path) throws LaunchException {
        return Optional.empty();
    }

    /**
     * Copies the workload's output to the request's log file; where it wrote nothing, what else is known of its end.
     * Called where a launch failed.
     *
     * @return the last line the workload wrote, empty where it wrote nothing
     */
    String collectLog();

    /**
     * Kills what still runs and removes everything made for the instance; never throws for an instance already gone.
     *
     * @throws RemovalException where its engine does not remove it
     */
    @Override
    void close();

    /**
     * Says how a workload ended.
     *
     * @param status exit status; 128 + signal number where a signal ended it
     * @param nanos {@link System#nanoTime} at which the end was observed
     * @param reason why the workload was never executed, in words; null where it was, or nothing is known
     */
    record Exit(int status, long nanos, @Nullable String reason) {
        /** Creates the end of a workload that was executed. */
        public Exit(int status, long nanos) {
            this(status, nanos, null);
        }
    }
}
