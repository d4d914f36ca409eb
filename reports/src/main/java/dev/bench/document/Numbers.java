package dev.bench.document;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Writes numbers for people: three significant digits, with the unit that fits. */
public final class Numbers {
    /** Stands where there is no number. */
    public static final String NONE = "–";

    /** Below this a decimal fraction has lost its three digits. */
    private static final double SMALLEST_DECIMAL = 0.001;

    private Numbers() {}

    /** Returns a value with its unit; milliseconds from a second on are written as seconds. */
    public static String value(@Nullable Double value, String unit) {
        if (value == null || value.isNaN()) {
            return NONE;
        }
        if (unit.equals("ms") && Math.abs(value) >= 1000) {
            return digits(value / 1000) + " s";
        }
        return digits(value) + behind(unit);
    }

    /** Returns an interval with its unit. */
    public static String interval(@Nullable Double low, @Nullable Double high, String unit) {
        if (low == null || high == null) {
            return NONE;
        }
        if (unit.equals("ms") && low >= 1000) {
            return digits(low / 1000) + "–" + digits(high / 1000) + " s";
        }
        return digits(low) + "–" + digits(high) + behind(unit);
    }

    private static String behind(String unit) {
        return unit.equals("1/s") ? "/s" : unit.isEmpty() ? "" : " " + unit;
    }

    /** Returns a ratio as a multiple. */
    public static String ratio(@Nullable Double ratio) {
        return ratio == null || ratio.isNaN() ? NONE : digits(ratio) + "×";
    }

    /** Returns the interval of a ratio. */
    public static String ratioInterval(@Nullable Double low, @Nullable Double high) {
        return low == null || high == null ? NONE : digits(low) + "–" + digits(high);
    }

    /** Returns a fraction as it is. */
    public static String fraction(@Nullable Double value) {
        return value == null || value.isNaN() ? NONE : digits(value);
    }

    /** Returns a fraction in percent. */
    public static String percent(double fraction) {
        return digits(fraction * 100) + " %";
    }

    /** Returns the number with three significant digits, without zeros that say nothing. */
    public static String digits(double value) {
        double magnitude = Math.abs(value);
        if (value != 0 && magnitude < SMALLEST_DECIMAL) {
            return String.format(Locale.ROOT, "%.2e", value);
        }
        if (!Double.isFinite(value)) {
            return Double.toString(value);
        }
        int decimals = magnitude >= 100 ? 0 : magnitude >= 10 ? 1 : magnitude >= 1 ? 2 : magnitude >= 0.1 ? 3 : 4;
        // A formatter would read its pattern anew for each of the thousands of cells of a page.
        return BigDecimal.valueOf(value)
                .setScale(decimals, RoundingMode.HALF_UP)
                .stripTrailingZeros()
                .toPlainString();
    }
}
