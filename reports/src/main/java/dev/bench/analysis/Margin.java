package dev.bench.analysis;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * States which relative differences matter, and which can be told from noise.
 *
 * <p>The two are kept apart: what a noisy host cannot tell is not thereby the same.
 *
 * @param practical difference below which two count as the same, as a fraction; noise never widens it
 * @param bar difference from which one may be claimed, as a fraction; never below the practical margin
 * @param source where the two come from, as half a sentence
 */
public record Margin(double practical, double bar, String source) {
    /** Practical margin where nothing else is asked for, as a fraction. */
    public static final double PRACTICAL = 0.05;

    /** Requires a bar that is no lower than the practical margin. */
    public Margin {
        if (!(practical > 0 && bar >= practical)) {
            throw new IllegalArgumentException("a bar of " + bar + " with a margin of " + practical);
        }
    }

    /** Returns the margin where no noise is known. */
    public static Margin ofQuietHost() {
        return of(null, null, null);
    }

    /**
     * Returns the margin of a metric: 5 % or its budget, with a bar of twice the half-width of the wider A/A interval where
     * that is more.
     *
     * @param budget the metric's budget as a fraction, or null where it has none
     * @param base half-width of BASE's logarithmic A/A interval, or null where there is none
     * @param head half-width of HEAD's, or null where there is none
     */
    public static Margin of(@Nullable Double budget, @Nullable Double base, @Nullable Double head) {
        double practical = budget == null ? PRACTICAL : budget;
        double widest = Math.max(base == null ? 0 : base, head == null ? 0 : head);
        double doubled = Math.expm1(2 * widest);
        String source = budget == null ? "" : "the scenario's budget; ";
        if (base == null && head == null) {
            source += "no A/A row raises the bar for a difference";
        } else if (doubled > practical) {
            source += String.format(
                    Locale.ROOT,
                    "twice the half-width of the wider A/A interval, 2 x %.2f %%, raises the bar for a difference",
                    Math.expm1(widest) * 100);
        } else {
            source += String.format(
                    Locale.ROOT, "twice the half-width of the wider A/A interval is only %.2f %%", doubled * 100);
        }
        return new Margin(practical, Math.max(practical, doubled), source);
    }
}
