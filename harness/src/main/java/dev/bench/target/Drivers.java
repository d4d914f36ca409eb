package dev.bench.target;

import dev.bench.result.TargetKind;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;

/** Finds the drivers that there are, and the one of a target. */
public final class Drivers {
    private Drivers() {}

    /** Returns a new instance of every driver on the class path, by key. */
    public static List<TargetDriver> all() {
        return ServiceLoader.load(TargetDriver.class).stream()
                .map(ServiceLoader.Provider::get)
                .sorted(Comparator.comparing(TargetDriver::key))
                .toList();
    }

    /** Returns the driver of a key; empty where there is none. */
    public static Optional<TargetDriver> find(List<TargetDriver> drivers, String key) {
        return drivers.stream().filter(driver -> driver.key().equals(key)).findFirst();
    }

    /**
     * Returns the driver of a target.
     *
     * @throws IllegalStateException where there is none, which the scenario's reader has ruled out
     */
    public static TargetDriver of(List<TargetDriver> drivers, TargetDefinition target) {
        return find(drivers, target.driver())
                .orElseThrow(() -> new IllegalStateException("there is no driver " + target.driver()));
    }

    /** Returns the substrate of a target. */
    public static TargetKind kind(List<TargetDriver> drivers, TargetDefinition target) {
        return of(drivers, target).kind(target);
    }
}
