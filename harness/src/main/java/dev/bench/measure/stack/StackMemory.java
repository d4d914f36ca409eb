package dev.bench.measure.stack;

import dev.bench.target.Footprint;
import java.util.List;

/** Reads what the processes of services keep in memory: a page that several map counts in each with its share (PSS). */
final class StackMemory {
    private static final double MEBIBYTE = 1 << 20;

    private StackMemory() {}

    /** Returns the sum over every process that is in a service's control group or names it, in MiB. */
    static double mebibytes(List<Footprint> footprints) {
        return Footprint.residentBytes(footprints) / MEBIBYTE;
    }
}
