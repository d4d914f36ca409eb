package dev.bench.measure.isolation;

import dev.bench.result.Metric;
import java.util.List;
import java.util.Set;

/** Declares the metrics of isolation. */
public final class IsolationMetrics {
    /** What is entered of the host. */
    public static final Metric HOST_SYSCALLS = Metric.lower(
            "isolation.host_syscalls",
            "calls",
            "Host system calls",
            "different system calls of the host's kernel that threads of the instance enter: start, idle and load");

    /** What one request costs in entries. */
    public static final Metric CALLS_PER_REQUEST = Metric.lower(
            "isolation.calls_per_request",
            "calls",
            "Host system calls per request",
            "entries into the host's kernel by threads of the instance while it serves, per HTTP request");

    /** What is passed of the host. */
    public static final Metric HOST_TRACEPOINTS = Metric.lower(
            "isolation.host_tracepoints",
            "tracepoints",
            "Host tracepoints",
            "different tracepoints of the host's kernel that threads of the instance pass, those of system calls and in"
                    + " hardware interrupts left out");

    /** What is executed of the host, where it tells. */
    public static final Metric HOST_FUNCTIONS = Metric.lower(
            "isolation.host_functions",
            "functions",
            "Host kernel functions",
            "different functions of the host's kernel that threads of the instance execute, hardware interrupts left out;"
                    + " only where the host lets them be traced");

    /** What answers inside. */
    public static final Metric SYSCALLS = Metric.lower(
            "isolation.syscalls",
            "calls",
            "System calls answered inside",
            "system calls that the kernel below the workload neither refuses as not permitted nor lacks, tried with"
                    + " arguments that do nothing");

    /** What a process may become. */
    public static final Metric CAPABILITIES = Metric.lower(
            "isolation.capabilities",
            "capabilities",
            "Capabilities inside",
            "capabilities in the bounding set of the workload, on the kernel below it");

    /** What a process is. */
    public static final Metric EFFECTIVE_CAPABILITIES = Metric.lower(
            "isolation.effective_capabilities",
            "capabilities",
            "Capabilities in effect inside",
            "capabilities that the workload's process has as it is started, without executing a file that would bring it"
                    + " others of its bounding set");

    /** What can be told to the kernel. */
    public static final Metric WRITABLE_PROC = Metric.lower(
            "isolation.writable_proc",
            "files",
            "Writable kernel settings inside",
            "files below /proc/sys and /sys that the workload may write to");

    /** What devices are there. */
    public static final Metric DEVICES = Metric.lower(
            "isolation.devices",
            "devices",
            "Devices inside",
            "device nodes below /dev, whether they can be opened or not");

    /** All of them, the headline first. */
    static final List<Metric> ALL = List.of(
            HOST_SYSCALLS,
            CALLS_PER_REQUEST,
            HOST_TRACEPOINTS,
            HOST_FUNCTIONS,
            SYSCALLS,
            CAPABILITIES,
            EFFECTIVE_CAPABILITIES,
            WRITABLE_PROC,
            DEVICES);

    /** Those that are none of some targets: of nothing there is no ratio. */
    static final Set<Metric> NONE_AT_TIMES = Set.of(EFFECTIVE_CAPABILITIES, WRITABLE_PROC);

    private IsolationMetrics() {}
}
