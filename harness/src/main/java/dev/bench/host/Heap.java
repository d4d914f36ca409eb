package dev.bench.host;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.Optional;

/** Keeps the collections of this JVM's garbage where nothing is timed. */
public final class Heap {
    private static final Optional<MemoryPoolMXBean> EDEN = ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP && pool.getName().contains("Eden"))
            .findFirst();

    private Heap() {}

    /**
     * Collects garbage where what is left of the space for new objects might not last for a launch. A collection stops
     * every thread, those that observe included, for up to tens of milliseconds where page faults are slow.
     */
    public static void makeRoom() {
        EDEN.map(MemoryPoolMXBean::getUsage).filter(Heap::isHalfFull).ifPresent(usage -> System.gc());
    }

    private static boolean isHalfFull(MemoryUsage usage) {
        return usage.getUsed() > usage.getCommitted() / 2;
    }
}
