package dev.bench.view;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Holds what one target answers to one question, in words, not escaped.
 *
 * @param target name of the target
 * @param emulated whether its processor was emulated
 * @param figure the median with its unit, or what stands in its place
 * @param amount the median in the unit of its metric; null where the figure is words
 * @param ratio estimate of the ratio to the reference; null for the reference itself and where there is none
 * @param against the ratio with its interval, {@link #REFERENCE}, or the empty string
 * @param notes what a reader must know of the figure
 * @param failures what failed, in words, or the empty string
 */
public record Answer(
        String target,
        boolean emulated,
        String figure,
        @Nullable Double amount,
        @Nullable Double ratio,
        String against,
        List<String> notes,
        String failures) {
    /** Stands where a ratio would, in the target that all others are compared with. */
    public static final String REFERENCE = "reference";

    public Answer {
        notes = List.copyOf(notes);
    }

    /** Returns whether this is the target that all others are compared with. */
    public boolean isReference() {
        return against.equals(REFERENCE);
    }
}
