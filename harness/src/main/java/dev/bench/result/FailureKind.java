package dev.bench.result;

import java.util.Locale;

/** Groups failures of launches by what they lie with. A stored result may hold further kinds, by their words. */
public enum FailureKind {
    /** The workload was not ready in time. */
    TIMEOUT,
    /** The workload ended before it was ready, or otherwise than expected. */
    EXITED,
    /** What launches failed: a container engine, libvirt, the host. */
    ENGINE,
    /** The run was interrupted. */
    INTERRUPTED,
    /** The host had too little memory left for a further instance. */
    FLOOR,
    /** A ready instance did not answer the requests that it was loaded with. */
    LOAD,
    /** A step of a build failed: the Dockerfile, or what it needs. */
    BUILD,
    /** What launches or builds found its disk full; the session sees so from what it said. */
    SPACE;

    /** Returns the word that stands in a stored result. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
