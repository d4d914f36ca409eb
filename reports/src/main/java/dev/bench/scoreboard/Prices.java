package dev.bench.scoreboard;

/**
 * Says what the resources of an instance cost.
 *
 * @param coreHour price of one processor for an hour
 * @param gigabyteHour price of 10^9 bytes of memory for an hour
 * @param currency what both are in, such as {@code EUR}
 */
public record Prices(double coreHour, double gigabyteHour, String currency) {
    private static final double GIGABYTES_PER_MEBIBYTE = (1 << 20) / 1e9;

    /**
     * Returns the price of an hour.
     *
     * @param cpus processors' worth of time
     * @param memoryMib memory in MiB
     */
    double perHour(double cpus, double memoryMib) {
        return cpus * coreHour + memoryMib * GIGABYTES_PER_MEBIBYTE * gigabyteHour;
    }
}
