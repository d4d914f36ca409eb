package dev.bench.calibrate;

/** Lists the parts of a calibration, each of which can be taken alone. */
public enum Part {
    /** An image made into a tree and a disk. */
    IMAGE,
    /** Containers beside a bare API client and the docker command. */
    CONTAINER,
    /** The moment of readiness beside the workload's own clock. */
    READINESS,
    /** Virtual machines beside QEMU started by hand and the distribution's boot. */
    MACHINE,
    /** Many containers started at once, beside the docker command and a bare API client. */
    STARTS,
    /** The load generator, beside wrk. */
    LOAD,
    /** A whole run, and a report of many launches. */
    RUN,
    /** Measured memory beside known amounts, and the harness beside many instances. */
    MEMORY,
    /** A site of many results, and of one more. */
    SITE,
    /** The command line itself. */
    HELP,
    /** Gates of containers, with nothing changed and with a change that is known; takes longer than all the others. */
    GATES
}
