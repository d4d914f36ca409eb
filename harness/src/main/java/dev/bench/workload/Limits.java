package dev.bench.workload;

/**
 * Limits an instance, the same on every substrate.
 *
 * @param cpus processors' worth of time, may be a fraction; a virtual machine gets the next whole number of vCPUs
 * @param memoryBytes memory in bytes; a virtual machine's whole memory, a container's or process's cgroup limit
 * @param processors the host's processors it may run on, as the kernel writes such lists ({@code 0-2}); empty for all
 */
public record Limits(double cpus, long memoryBytes, String processors) {
    /** Creates limits that leave an instance every processor of the host. */
    public Limits(double cpus, long memoryBytes) {
        this(cpus, memoryBytes, "");
    }

    /** Returns these limits on some of the host's processors only. */
    public Limits on(String list) {
        return new Limits(cpus, memoryBytes, list);
    }

    /** Returns the limits as a person would write them. */
    public String describe() {
        return (cpus == Math.rint(cpus) ? Long.toString((long) cpus) : Double.toString(cpus)) + " CPU, "
                + (memoryBytes >> 20) + " MiB";
    }

    /** Returns the number of virtual processors that {@link #cpus} rounds up to. */
    public int vcpus() {
        return (int) Math.ceil(cpus);
    }
}
