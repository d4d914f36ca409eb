package dev.bench.guest;

/**
 * Says what a service of a guest finds at a path of its own root beside what its image has there.
 *
 * @param kind what it is
 * @param source path below {@link StackProgram#DATA}; of a {@link Kind#TMPFS} its mount options
 * @param path absolute in the service's root, where links lead as they do for the service; made where there is nothing
 * @param readOnly whether it may not be written to
 */
public record GuestBind(Kind kind, String source, String path, boolean readOnly) {
    /** Says what is mounted. */
    public enum Kind {
        DIRECTORY,
        FILE,
        TMPFS
    }
}
