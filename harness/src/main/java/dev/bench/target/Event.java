package dev.bench.target;

/** Is what can happen to an instance that has ended, before somebody looks for what it has written. */
public enum Event {
    /** The same instance is started once more. */
    RESTART,
    /** What launches instances is killed and started anew on what is on disk; then the same instance is started. */
    REBOOT,
    /** The instance is removed, and another one made with the same place. */
    REMOVAL,
    /** The instance is removed with the storage that its engine removes when told to, and another one made. */
    REMOVAL_WITH_VOLUMES
}
