package dev.bench.figure;

import dev.bench.image.ImageException;
import dev.bench.plan.Plan;
import dev.bench.session.Cancellation;
import dev.bench.target.LabException;
import dev.bench.target.TargetDriver;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;

/**
 * Holds the tool against the barest thing that does the same, in one run.
 *
 * <p>Found as a service, so that no measured path has the engines driven by hand and the made-up results on it.
 */
public interface Calibrator {
    /** Returns the calibrator of this distribution, empty where it has none. */
    static Optional<Calibrator> find() {
        return ServiceLoader.load(Calibrator.class).findFirst();
    }

    /** Returns the parts, each of which can be taken alone, in lower case and in the order in which they are listed. */
    List<String> parts();

    /** Returns the parts that are taken where none is named. */
    Set<String> usualParts();

    /**
     * Returns the missing Debian packages that parts compare with, sorted.
     *
     * @param parts some of {@link #parts()}
     */
    List<String> lacking(Set<String> parts);

    /**
     * Takes the figures of some parts, or those before the cancellation.
     *
     * @throws CalibrationException where a figure cannot be taken
     * @throws LabException where the lab cannot start
     * @throws ImageException where an image cannot be made
     */
    void run(Request request, Listener listener) throws CalibrationException, LabException, ImageException, IOException;

    /**
     * Says what is taken, with what.
     *
     * @param plan the scenario to use, whose workload answers HTTP on a process, a container and a virtual machine
     * @param drivers every target driver
     * @param cacheDirectory files that outlive runs
     * @param launcher the command {@code bench} itself
     * @param launches pairs of launches per comparison of containers
     * @param gates gates with nothing changed; half as many with a change
     * @param parts some of {@link #parts()}; others are left out
     * @param log file for what the calibrating JVM prints
     * @param cancellation ends it early
     */
    record Request(
            Plan plan,
            List<TargetDriver> drivers,
            Path cacheDirectory,
            Path launcher,
            int launches,
            int gates,
            Set<String> parts,
            Path log,
            Cancellation cancellation) {
        /** Copies the lists. */
        public Request {
            drivers = List.copyOf(drivers);
            parts = Set.copyOf(parts);
        }
    }

    /** Hears of figures as they are taken. */
    interface Listener {
        /** Hears what begins now. */
        void stage(String description);

        /** Hears of a figure. */
        void figure(Figure figure);
    }
}
