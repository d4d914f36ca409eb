package dev.bench.session;

import dev.bench.target.TargetException;

/** Reports that two targets do not run the same workload, so that nothing may be compared. */
public final class IdentityMismatchException extends TargetException {
    private static final long serialVersionUID = 1L;

    /** Creates the exception for a target, with what differs from what. */
    public IdentityMismatchException(String target, String difference) {
        super(
                target,
                "does not run the same workload: " + difference,
                "Nothing was timed. Remove what alters the workload on this target, or rebuild its image with"
                        + " `bench clean --cache`",
                null);
    }
}
