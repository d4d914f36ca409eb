package dev.bench.workload;

/**
 * Limits an instance, the same on every substrate.
 *
 * @param cpus processors' worth of time, may be a fraction; a virtual machine gets the next whole number of vCPUs
 * @param memoryBytes memory in bytes; a virtual machine's whole memory, a container's or process's cgroup limit
 */
public record Limits(double cpus, long memoryBytes) {
    /** Returns the number of virtual processors that {@link #cpus} rounds up to. */
    public int vcpus() {
        return (int) Math.ceil(cpus);
    }
}
