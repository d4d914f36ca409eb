package dev.bench.analysis;

import java.util.Locale;

/** Says what may be claimed of a target against the reference. */
public enum Verdict {
    /** More than the reference, by more than the margin. */
    HIGHER,
    /** Less than the reference, by more than the margin. */
    LOWER,
    /** The same within the margin. */
    EQUIVALENT,
    /** The data do not decide. */
    INCONCLUSIVE;

    /** Returns the stored word. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
