package dev.bench.workload;

/**
 * Says what happens after a service's end.
 *
 * @param policy in which cases it is started again
 * @param most how many times at most; 0 for no bound
 */
public record Restart(Policy policy, int most) {
    /** Starts nothing again. */
    public static final Restart NEVER = new Restart(Policy.NO, 0);

    /** In which cases a service is started again. A service that was told to stop is not. */
    public enum Policy {
        /** Never. */
        NO,
        /** Where it ended with another status than 0. */
        ON_FAILURE,
        /** Whatever it ended with. */
        ALWAYS
    }

    /** Returns whether a service that ended so is started again. */
    public boolean follows(int status, int restarts) {
        boolean meant = switch (policy) {
            case NO -> false;
            case ON_FAILURE -> status != 0;
            case ALWAYS -> true;
        };
        return meant && (most == 0 || restarts < most);
    }
}
