package dev.bench.target;

import java.time.Duration;

/** Represents one running service. */
public interface RunningService extends Instance {
    /**
     * Executes its health check inside it, once, as its user, in its directory and with its environment. Used by one thread at
     * a time.
     *
     * @param timeout how long it may take before it is given up
     * @throws LaunchException where it cannot be executed, as when the service has ended
     */
    Check check(Duration timeout) throws LaunchException;

    /**
     * Tells how a health check ended.
     *
     * @param status its exit status; {@link #TIMED_OUT} where it did not end in time
     * @param output the last it wrote, 4 KiB at most
     */
    record Check(int status, String output) {
        /** Stands for a check that did not end in time. */
        public static final int TIMED_OUT = -1;

        /** Stands for one that the service was not there for, as between its end and its restart; as a shell says it. */
        public static final int NOT_EXECUTED = 126;

        /** Returns whether it passed. */
        public boolean passed() {
            return status == 0;
        }
    }
}
