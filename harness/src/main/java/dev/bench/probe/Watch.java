package dev.bench.probe;

import dev.bench.target.Instance;
import dev.bench.target.LaunchException;
import dev.bench.target.LaunchRequest;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Marks the moment at which one instance is ready. Used by one thread, but for the output's listener. */
public interface Watch extends AutoCloseable {
    /** Returns what must be given the workload's output as it arrives, or null where output does not matter. */
    default @Nullable Consumer<LaunchRequest.Output> outputListener() {
        return null;
    }

    /** Begins to look, as the launch begins. */
    default void begin() {}

    /**
     * Marks READY where what was seen before a moment tells it as long as nothing follows.
     *
     * @param moment on the host's monotonic clock
     */
    default void settle(long moment) {}

    /** Returns how often it is looked whether the workload has ended. */
    default Duration interval() {
        return Duration.ofMillis(20);
    }

    /**
     * Judges a workload that has ended by itself before READY was marked: marks it where that is what was asked for.
     *
     * @return whether it was; else the workload's last words are waited for
     * @throws LaunchException where it ended otherwise than asked for
     */
    default boolean endsWith(Instance.Exit exit) throws LaunchException {
        return false;
    }

    /**
     * Says what was not seen in time, and what to look at.
     *
     * @param within " within so much time"
     */
    String missed(String within);

    /** Ends the looking. */
    @Override
    default void close() {}
}
