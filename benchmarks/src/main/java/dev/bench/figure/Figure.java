package dev.bench.figure;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.Arrays;
import java.util.Locale;

/**
 * Holds one figure of the calibration: what was seen, beside what it is held against.
 *
 * @param name what is compared with what
 * @param ours our side, with its unit
 * @param other the other side, with its unit; empty where there is only a limit
 * @param value the figure itself
 * @param limit what it must reach
 * @param kind how value and limit are compared
 */
public record Figure(String name, String ours, String other, double value, double limit, Kind kind) {
    /** Says when a figure holds. */
    public enum Kind {
        AT_MOST,
        BELOW,
        AT_LEAST,
        /** The value differs from 1 by no more than the limit, either way. */
        SAME
    }

    /** Returns whether the figure holds. */
    @JsonIgnore
    public boolean holds() {
        return switch (kind) {
            case AT_MOST -> value <= limit;
            case BELOW -> value < limit;
            case AT_LEAST -> value >= limit;
            case SAME -> Math.abs(value - 1) <= limit;
        };
    }

    /** Compares two series taken in turn, by the median of the ratios of each pair. */
    public static Figure ratio(String name, double[] ours, double[] others, double limit, Kind kind) {
        return new Figure(name, millis(median(ours)), millis(median(others)), ratio(ours, others), limit, kind);
    }

    /** Compares two series of rates per second taken in turn, by the median of the ratios of each pair. */
    public static Figure rates(String name, double[] ours, double[] others, double limit) {
        return new Figure(
                name, perSecond(median(ours)), perSecond(median(others)), ratio(ours, others), limit, Kind.AT_LEAST);
    }

    /** Compares two series of rates per second taken in turn, which ought to be the same. */
    public static Figure same(String name, double[] ours, double[] others, double limit) {
        return new Figure(
                name, perSecond(median(ours)), perSecond(median(others)), ratio(ours, others), limit, Kind.SAME);
    }

    private static double ratio(double[] ours, double[] others) {
        double[] ratios = new double[ours.length];
        for (int i = 0; i < ratios.length; i++) {
            ratios[i] = ours[i] / others[i];
        }
        return median(ratios);
    }

    private static String perSecond(double value) {
        return String.format(Locale.ROOT, value < 100 ? "%.2f /s" : "%.0f /s", value);
    }

    /** Holds a time in milliseconds against a limit. */
    public static Figure millis(String name, double value, double limit) {
        return new Figure(name, millis(value), "", value, limit, Kind.AT_MOST);
    }

    /** Returns the middle of some values, or the mean of the two in the middle. */
    public static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /** Returns the least value that such a share of the values does not exceed. */
    public static double quantile(double[] values, double probability) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[Math.min(sorted.length - 1, (int) Math.ceil(probability * sorted.length) - 1)];
    }

    /** Returns a time in milliseconds as a figure shows it. */
    public static String millis(double value) {
        return String.format(Locale.ROOT, value < 10 ? "%.2f ms" : "%.1f ms", value);
    }
}
