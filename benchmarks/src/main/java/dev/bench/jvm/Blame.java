package dev.bench.jvm;

/** Says what a session that could not go on failed of. */
public enum Blame {
    /** A target: it cannot be used, or does not run the same workload. */
    TARGET,
    /** The host: a full disk, a missing permission. */
    HOST,
    /** The tool itself. */
    TOOL
}
