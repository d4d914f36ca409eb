package dev.bench.workload;

/**
 * Says what a service waits for before it starts.
 *
 * @param service name of the other service
 * @param condition what has to have happened to it
 */
public record Dependency(String service, Condition condition) {
    /** What has to have happened. */
    public enum Condition {
        /** It was started. */
        STARTED,
        /** Its health check has passed. */
        HEALTHY,
        /** It ended with status 0. */
        COMPLETED
    }
}
