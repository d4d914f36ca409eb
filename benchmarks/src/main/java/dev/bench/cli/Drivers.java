package dev.bench.cli;

import dev.bench.target.TargetDriver;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;

/** Finds the target drivers there are. */
final class Drivers {
    private Drivers() {}

    static List<TargetDriver> all() {
        return ServiceLoader.load(TargetDriver.class).stream()
                .map(ServiceLoader.Provider::get)
                .sorted(Comparator.comparing(TargetDriver::engine))
                .toList();
    }
}
