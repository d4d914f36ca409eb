package dev.bench.measure.memory;

import java.util.Locale;

/** Lists the layers that the marginal cost of an instance is made of, in the order in which they are stacked. */
public enum MemoryLayer {
    WORKLOAD("workload", "private memory of the workload's own processes"),
    GUEST_KERNEL("guest kernel", "guest memory that its kernel holds: its image, page structures, slab, stacks"),
    GUEST_CACHE("guest cache", "guest memory that caches the guest's disk; the host cannot take it back"),
    GUEST_FREE("guest free", "guest memory that was used once, is free in the guest, and is still backed by the host"),
    MONITOR("machine monitor", "private memory of QEMU beside its guest's memory"),
    SHIM("shim, helpers", "private memory of shims, launchers and proxies"),
    DAEMON("engine daemon", "growth of the engine's daemons"),
    KERNEL("host kernel", "slab that cannot be reclaimed, kernel stacks, page tables and per-processor data"),
    RESIDUAL("residual", "the marginal cost less all layers above"),
    PAGE_CACHE("page cache", "host page cache; it counts as available, so that it is no part of the marginal cost");

    private final String title;
    private final String definition;

    MemoryLayer(String title, String definition) {
        this.title = title;
        this.definition = definition;
    }

    /** Returns the name under which a launch's values hold the layer. */
    public String id() {
        return "memory.layer." + name().toLowerCase(Locale.ROOT) + "_mib";
    }

    /** Returns a title for people. */
    public String title() {
        return title;
    }

    /** Returns what is in the layer, as half a sentence. */
    public String definition() {
        return definition;
    }
}
