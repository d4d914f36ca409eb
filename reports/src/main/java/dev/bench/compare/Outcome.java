package dev.bench.compare;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Says what may be claimed of HEAD against BASE, the worst first. */
public enum Outcome {
    /** Worse by more than the margin. */
    REGRESSED,
    /** The data do not decide, or must not. */
    INCONCLUSIVE,
    /** Better by more than the margin. */
    IMPROVED,
    /** The same within the margin. */
    EQUIVALENT;

    /** Returns the stored word. */
    @JsonValue
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
