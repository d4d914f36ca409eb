package dev.bench.measure.memory;

import dev.bench.probe.SecondAnswer;
import dev.bench.session.LaunchOperation;
import dev.bench.target.Instance;
import dev.bench.target.LaunchException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds the most instances that run side by side. The number is doubled at most, and never beyond what the memory that each
 * has taken so far allows; where a number is too many for the bound of answers the search halves what lies between.
 */
final class Filling {
    private final Ramp ramp;
    private final Room room;
    private final @Nullable Duration slo;
    private final boolean asked;
    private final List<Integer> tried = new ArrayList<>();
    private int low;

    /** Knows the host's memory. */
    interface Room {
        /** Returns what is available above the floor, in bytes; negative below it. */
        long freeBytes();

        /** Returns what one more instance takes, in bytes, at least 1. */
        long costBytes();

        /** Says how many launches are under way at once, for each of which room is needed. */
        void atOnce(int launches);

        /** Waits until the memory has come to rest; throws where the run was interrupted. */
        void rest() throws LaunchException;
    }

    /**
     * Says how many fitted.
     *
     * @param instances most instances that were up and answered
     * @param cause what ended it, a word of {@link FillRecord}
     * @param reason the same in a sentence
     * @param tried numbers that were looked at
     */
    record Outcome(int instances, String cause, String reason, List<Integer> tried) {}

    /** Says why a number is one too many. */
    private record Fault(String cause, String reason) {}

    /**
     * Prepares the search; it begins with what runs.
     *
     * @param asked whether instances are asked over HTTP whether they are well; else it is enough that they run
     * @param slo within what time every instance has to answer; null for any
     */
    Filling(Ramp ramp, Room room, boolean asked, @Nullable Duration slo) {
        this.ramp = ramp;
        this.room = room;
        this.asked = asked;
        this.slo = slo;
    }

    /** Launches until one too many is reached; leaves the instances that run for whoever removes them. */
    Outcome run() throws LaunchException {
        Optional<Fault> first = look();
        if (first.isPresent()) {
            return outcome(first.get());
        }
        Fault end = null;
        while (end == null) {
            int running = running();
            if (running >= MemoryKeys.MOST_INSTANCES) {
                return outcome(new Fault(
                        FillRecord.ADDRESSES,
                        "the lab has no more addresses; the host may hold more (" + running + ")"));
            }
            end = grow(Math.min(MemoryKeys.MOST_INSTANCES, running + step(running)));
        }
        return outcome(end.cause().equals(FillRecord.SLO) ? halve(end, running()) : end);
    }

    /** As many more as run, as far as memory goes, and at least one, which the launch itself finds room for or not. */
    private int step(int running) {
        return (int) Math.max(1, Math.min(running, room.freeBytes() / room.costBytes()));
    }

    /** Grows to a number, the last ones one at a time; returns what broke, or null where nothing did. */
    private @Nullable Fault grow(int count) throws LaunchException {
        room.atOnce(Runtime.getRuntime().availableProcessors());
        Optional<LaunchException> failure = ramp.tryTo(count);
        room.atOnce(1);
        int before = -1;
        while (failure.isEmpty() && running() < count && running() > before) {
            before = running();
            failure = ramp.tryTo(before + 1);
        }
        // What they still take by and by matters near the floor only.
        if (room.freeBytes() < running() * room.costBytes()) {
            room.rest();
        }
        recede();
        Optional<Fault> fault = look();
        if (failure.isPresent()) {
            return fault.orElse(new Fault(
                    FillRecord.FAILURE,
                    "one more did not get ready: " + failure.get().getMessage()));
        }
        return fault.orElse(running() < count ? floor() : null);
    }

    /** What was launched may have taken more than was thought; the floor comes first. */
    private void recede() throws LaunchException {
        while (room.freeBytes() < 0 && running() > 1) {
            long over = -room.freeBytes() / room.costBytes() + 1;
            ramp.shrinkTo((int) Math.max(1, running() - over));
            room.rest();
        }
    }

    private Fault floor() {
        long free = room.freeBytes();
        return new Fault(
                FillRecord.FLOOR,
                free < 0
                        ? String.format(
                                Locale.ROOT,
                                "available memory went below the floor, and removing instances did not mend it: something"
                                        + " else on the host takes it (%d MiB)",
                                -free >> 20)
                        : String.format(
                                Locale.ROOT,
                                "available memory would go below the floor (%d MiB above it, one more takes %d MiB)",
                                free >> 20,
                                room.costBytes() >> 20));
    }

    /** Searches between a number that fitted and one that answered too late. */
    private Fault halve(Fault late, int tooMany) throws LaunchException {
        Fault fault = late;
        int high = tooMany;
        while (high - low > 1) {
            int middle = (low + high) / 2;
            Optional<Fault> found = Optional.empty();
            if (running() > middle) {
                ramp.shrinkTo(middle);
                found = look();
            } else {
                found = Optional.ofNullable(grow(middle));
            }
            if (found.isEmpty()) {
                continue;
            }
            fault = found.get();
            if (!fault.cause().equals(FillRecord.SLO)) {
                break;
            }
            high = middle;
        }
        return fault;
    }

    private int running() {
        return ramp.running().size();
    }

    /** Looks at every instance; where all are well the number fits. */
    private Optional<Fault> look() throws LaunchException {
        List<LaunchOperation> running = ramp.running();
        tried.add(running.size());
        for (LaunchOperation launch : running) {
            Optional<Fault> fault = look(launch);
            if (fault.isPresent()) {
                return fault;
            }
        }
        low = Math.max(low, running.size());
        return Optional.empty();
    }

    private Optional<Fault> look(LaunchOperation launch) throws LaunchException {
        Instance.Exit exit = launch.instance().orElseThrow().exit();
        if (exit != null) {
            return failed("one ended while others ran beside it (status " + exit.status() + ")");
        }
        if (!asked) {
            return Optional.empty();
        }
        Duration bound = slo;
        double millis = Double.POSITIVE_INFINITY;
        // One answer may be late by chance, two are not.
        for (int attempt = 0; attempt < 2 && isLate(millis, bound); attempt++) {
            millis = launch.askAgain()
                    .map(SecondAnswer::secondNanos)
                    .map(nanos -> nanos / 1e6)
                    .orElse(Double.POSITIVE_INFINITY);
        }
        if (Double.isInfinite(millis)) {
            return failed("one gave no correct answer any more");
        }
        return isLate(millis, bound)
                ? Optional.of(new Fault(
                        FillRecord.SLO,
                        String.format(
                                Locale.ROOT,
                                "an answer took longer than %d ms (%.1f ms)",
                                bound == null ? 0 : bound.toMillis(),
                                millis)))
                : Optional.empty();
    }

    private static boolean isLate(double millis, @Nullable Duration bound) {
        return Double.isInfinite(millis) || (bound != null && millis > bound.toNanos() / 1e6);
    }

    private static Optional<Fault> failed(String reason) {
        return Optional.of(new Fault(FillRecord.FAILURE, reason));
    }

    private Outcome outcome(Fault fault) {
        return new Outcome(low, fault.cause(), fault.reason(), tried);
    }
}
