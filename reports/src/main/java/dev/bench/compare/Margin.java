package dev.bench.compare;

import dev.bench.analysis.Analysis;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * States the relative difference below which two results count as the same, and why it is that.
 *
 * @param value the difference, as a fraction
 * @param source where it comes from, as half a sentence
 */
public record Margin(double value, String source) {
    /**
     * Returns max(5 %, twice the half-width of the A/A interval).
     *
     * @param base half-width of BASE's logarithmic A/A interval, or null where there is none
     * @param head half-width of HEAD's, or null where there is none
     */
    public static Margin of(@Nullable Double base, @Nullable Double head) {
        double widest = Math.max(base == null ? 0 : base, head == null ? 0 : head);
        double doubled = Math.expm1(2 * widest);
        if (doubled > Analysis.LEAST_MARGIN) {
            boolean ofBase = base != null && base == widest;
            return new Margin(
                    doubled,
                    String.format(
                            Locale.ROOT,
                            "twice the half-width of the A/A interval of %s, 2 x %.2f %%",
                            ofBase ? "BASE" : "HEAD",
                            Math.expm1(widest) * 100));
        }
        return new Margin(
                Analysis.LEAST_MARGIN,
                base == null && head == null
                        ? "the least there is; neither side has an A/A row for it"
                        : String.format(
                                Locale.ROOT,
                                "the least there is; twice the half-width of the wider A/A interval is %.2f %%",
                                doubled * 100));
    }

    /** Returns a margin that a scenario sets. */
    public static Margin ofBudget(double value) {
        return new Margin(value, "the scenario's budget");
    }
}
