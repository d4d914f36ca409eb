package dev.bench.result;

import java.util.Arrays;
import java.util.Optional;

/** Lists the metrics a launch can carry, each with its unit and which direction is better. */
public enum Metric {
    STARTUP_READY("startup.ready_ms", "ms", Better.LOWER, "Startup to ready", "request to the first correct response"),
    STARTUP_EXEC("startup.exec_ms", "ms", Better.LOWER, "Startup to exec", "request to the workload's own program"),
    TEARDOWN("teardown_ms", "ms", Better.LOWER, "Teardown", "removal of the instance, outside the timed region"),
    MEMORY_MARGINAL(
            "memory.marginal_mib",
            "MiB",
            Better.LOWER,
            "Marginal memory",
            "available host memory lost per further idle instance"),
    MEMORY_LOADED(
            "memory.loaded_mib",
            "MiB",
            Better.LOWER,
            "Marginal memory after load",
            "available host memory lost per instance that has served requests"),
    MEMORY_PSS("memory.pss_mib", "MiB", Better.LOWER, "Proportional set size", "PSS of every process of the instance"),
    MEMORY_CGROUP(
            "memory.cgroup_mib",
            "MiB",
            Better.LOWER,
            "Charged memory",
            "what the control group is charged per instance, its page cache left out"),
    DISK_LAYER(
            "disk.layer_mib", "MiB", Better.LOWER, "Disk per instance", "files on disk made for one running instance"),
    DISK_IMAGE("disk.image_mib", "MiB", Better.LOWER, "Disk of the image", "files on disk that all instances share"),
    DISK_COMPRESSED(
            "disk.compressed_mib",
            "MiB",
            Better.LOWER,
            "Compressed image",
            "the shared files compressed with gzip, as a registry or a mirror would hold them"),
    SCALEOUT_READY(
            "scaleout.ready_per_s",
            "1/s",
            Better.HIGHER,
            "Starts per second",
            "instances that became ready, by the time until the last one was ready or had failed"),
    SCALEOUT_FIRST(
            "scaleout.first_ms",
            "ms",
            Better.LOWER,
            "First ready",
            "intended start of the first instance to the first one ready"),
    SCALEOUT_HALF(
            "scaleout.half_ms",
            "ms",
            Better.LOWER,
            "Half ready",
            "intended start of the first instance to half of all ready"),
    SCALEOUT_ALL(
            "scaleout.all_ms",
            "ms",
            Better.LOWER,
            "All ready",
            "intended start of the first instance to all ready; none where one failed"),
    SCALEOUT_START(
            "scaleout.start_ms",
            "ms",
            Better.LOWER,
            "Start among others",
            "intended start to ready, median over the instances"),
    SCALEOUT_ONE_MORE(
            "scaleout.one_more_ms",
            "ms",
            Better.LOWER,
            "One more start",
            "request to ready of one more instance while all others run"),
    SCALEOUT_REQUESTS(
            "scaleout.requests_per_s",
            "1/s",
            Better.HIGHER,
            "Requests per second",
            "right answers of the largest number of instances together, closed loop; none where the client was the bottleneck"),
    SCALEOUT_LATENCY(
            "scaleout.latency_ms",
            "ms",
            Better.LOWER,
            "Request latency",
            "99th percentile, intended start to answer, of the largest number of instances at the first rate each");

    /** Says which direction of a metric is an improvement. */
    public enum Better {
        LOWER,
        HIGHER
    }

    private final String id;
    private final String unit;
    private final Better better;
    private final String title;
    private final String definition;

    Metric(String id, String unit, Better better, String title, String definition) {
        this.id = id;
        this.unit = unit;
        this.better = better;
        this.title = title;
        this.definition = definition;
    }

    /** Returns the stored name, which ends in the unit. */
    public String id() {
        return id;
    }

    /** Returns the unit for people. */
    public String unit() {
        return unit;
    }

    /** Returns which direction is an improvement. */
    public Better better() {
        return better;
    }

    /** Returns a short title for headings. */
    public String title() {
        return title;
    }

    /** Returns from where to where the metric reaches, as half a sentence. */
    public String definition() {
        return definition;
    }

    /** Finds a metric by its stored name; empty where the name is not known. */
    public static Optional<Metric> byId(String id) {
        return Arrays.stream(values()).filter(metric -> metric.id.equals(id)).findFirst();
    }
}
