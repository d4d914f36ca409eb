package dev.bench.measure.stack;

import dev.bench.target.LaunchException;
import dev.bench.workload.Dependency;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Holds how far each service has come, for the threads that bring them up. Safe for use by several threads. */
final class Progress {
    /** What happens to a service. */
    enum Moment {
        /** Its engine was asked for it. */
        REQUESTED,
        /** Its engine had started it. */
        STARTED,
        /** Its health check had passed. */
        HEALTHY,
        /** It had ended with status 0. */
        COMPLETED,
        /** All of it that others wait for had happened. */
        READY,
        /** It was stopped. */
        STOPPED,
        /** It was removed. */
        REMOVED
    }

    private final Map<String, Map<Moment, Long>> moments = new HashMap<>();
    private @Nullable LaunchException failure;
    private boolean settled;

    /** Marks a moment of a service, now. */
    synchronized void mark(String service, Moment moment) {
        moments.computeIfAbsent(service, unknown -> new EnumMap<>(Moment.class)).putIfAbsent(moment, System.nanoTime());
        notifyAll();
    }

    /** Returns a moment of a service on {@link System#nanoTime}; empty where it did not come yet. */
    synchronized OptionalLong at(String service, Moment moment) {
        Long nanos = moments.getOrDefault(service, Map.of()).get(moment);
        return nanos == null ? OptionalLong.empty() : OptionalLong.of(nanos);
    }

    /** Notes what makes all the rest of no use; the first failure is the one that counts. */
    synchronized void fail(LaunchException e) {
        if (failure == null) {
            failure = e;
        }
        notifyAll();
    }

    /** Throws what failed, where anything did. */
    synchronized void requireGoing() throws LaunchException {
        LaunchException failed = failure;
        if (failed != null) {
            // A new one, because it is thrown in several threads.
            throw new LaunchException(failed.kind(), String.valueOf(failed.getMessage()), failed);
        }
    }

    /** Waits for a moment of a service, or for a failure, which is thrown. */
    synchronized void await(String service, Moment moment) throws LaunchException, InterruptedException {
        while (at(service, moment).isEmpty()) {
            requireGoing();
            wait();
        }
    }

    /** Says that nobody has to look after the services any more. */
    synchronized void settle() {
        settled = true;
        notifyAll();
    }

    /** Returns whether nobody has to look after the services any more. */
    synchronized boolean isSettled() {
        return settled || failure != null;
    }

    /** Returns the moment that a dependency waits for. */
    static Moment of(Dependency.Condition condition) {
        return switch (condition) {
            case STARTED -> Moment.STARTED;
            case HEALTHY -> Moment.HEALTHY;
            case COMPLETED -> Moment.COMPLETED;
        };
    }
}
