package dev.bench.target;

import org.jspecify.annotations.Nullable;

/** Reports that a target as a whole cannot be used: what failed and what to try. */
public class TargetException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String target;
    private final String advice;

    /**
     * Creates the exception.
     *
     * @param target name of the target
     * @param problem what failed, as half a sentence
     * @param advice what to try next, as a sentence
     * @param cause what lies behind it, or null
     */
    public TargetException(String target, String problem, String advice, @Nullable Throwable cause) {
        super("target " + target + ": " + problem + ". " + advice, cause);
        this.target = target;
        this.advice = advice;
    }

    /** Returns the name of the target. */
    public String target() {
        return target;
    }

    /** Returns what to try next. */
    public String advice() {
        return advice;
    }
}
