package dev.bench.probe;

import com.fasterxml.jackson.databind.jsontype.NamedType;
import dev.bench.workload.Readiness;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;

/** Finds the ways in which readiness can be told. Safe for use by several threads. */
public final class Probes {
    private static final List<Probe> ALL = ServiceLoader.load(Probe.class).stream()
            .map(ServiceLoader.Provider::get)
            .toList();

    private Probes() {}

    /** Returns every probe, in the order in which they are registered. */
    public static List<Probe> all() {
        return ALL;
    }

    /** Finds a probe by the name of its key; empty where there is none. */
    public static Optional<Probe> find(String name) {
        return ALL.stream().filter(probe -> probe.key().name().equals(name)).findFirst();
    }

    /** Returns whether this definition of ready is an answer to a question. */
    public static boolean asks(Readiness readiness) {
        return of(readiness).asks();
    }

    /** Returns the keys of the probes that ask. */
    public static List<String> asking() {
        return ALL.stream().filter(Probe::asks).map(probe -> probe.key().name()).toList();
    }

    /** Returns the probe of a definition of ready, which this version has read. */
    static Probe of(Readiness readiness) {
        return ALL.stream()
                .filter(probe -> probe.readinessType().isInstance(readiness))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no probe has definitions such as " + readiness));
    }

    /** Returns the classes of all definitions by the names of their probes, for whoever reads a plan from JSON. */
    public static NamedType[] readinessTypes() {
        return ALL.stream()
                .map(probe -> new NamedType(probe.readinessType(), probe.key().name()))
                .toArray(NamedType[]::new);
    }
}
