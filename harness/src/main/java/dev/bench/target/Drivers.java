package dev.bench.target;

import dev.bench.host.SystemFiles;
import dev.bench.result.TargetKind;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

    /** Returns drivers by the kind of their targets, from the least isolation to the most, for display. */
    public static List<TargetDriver> byKind(List<TargetDriver> drivers) {
        return drivers.stream()
                .sorted(Comparator.comparingInt(Drivers::place).thenComparing(TargetDriver::key))
                .toList();
    }

    private static int place(TargetDriver driver) {
        int place = TargetKind.KNOWN.indexOf(driver.kind());
        return place < 0 ? TargetKind.KNOWN.size() : place;
    }

    /** Returns those that a lab for these targets needs: their own, and the one that images are made with. */
    public static List<TargetDriver> needed(List<TargetDriver> drivers, List<TargetDefinition> targets) {
        return drivers.stream()
                .filter(driver -> driver.images().isPresent()
                        || targets.stream().anyMatch(target -> target.driver().equals(driver.key())))
                .toList();
    }

    /**
     * Returns the container engine that images are made with.
     *
     * @throws IllegalStateException where no driver has one
     */
    public static ImageEngine images(List<TargetDriver> drivers) {
        return drivers.stream()
                .flatMap(driver -> driver.images().stream())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no driver has a container engine for images"));
    }

    /** Returns the versions of everything that launches instances, by name, in display order. */
    public static Map<String, String> versions(List<TargetDriver> drivers, SystemFiles files) {
        Map<String, String> versions = new LinkedHashMap<>();
        drivers.forEach(driver -> versions.putAll(driver.versions(files)));
        return versions;
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
