package dev.bench.workload;

/**
 * Lays something over a place of a service's files.
 *
 * @param kind what it is
 * @param source a volume's name, empty for one of the service's own; a bound file's or directory's absolute path on the
 *     host; empty for a file system in memory
 * @param directory where it is seen, absolute; a file where a file is bound
 * @param readOnly whether it cannot be written to
 * @param bytes the most that a file system in memory holds; 0 for what the kernel gives
 * @param mode the permissions of such a file system's root, 0 for 1777
 */
public record Mount(Kind kind, String source, String directory, boolean readOnly, long bytes, int mode) {
    /** What can be mounted. */
    public enum Kind {
        /**
         * A directory that outlives the service; at its first use, where it is empty, it is given what the image has there,
         * with owner and permissions.
         */
        VOLUME,
        /** A file or directory of the host. */
        BIND,
        /** A file system in memory. */
        TMPFS
    }

    /** Creates a mount whose size only a disk bounds. */
    public Mount(Kind kind, String source, String directory, boolean readOnly) {
        this(kind, source, directory, readOnly, 0, 0);
    }
}
