package dev.bench.chart;

/**
 * Holds the values of one line of a plot.
 *
 * @param name name for the legend
 * @param x horizontal values
 * @param y vertical values, as many
 */
@SuppressWarnings("ArrayRecordComponent")
public record Values(String name, double[] x, double[] y) {
    /** Spreads values over a row of a {@link PointPlot}; golden-ratio steps part neighbours without chance. */
    public static Values row(String name, double[] values) {
        double[] spread = new double[values.length];
        for (int i = 0; i < spread.length; i++) {
            spread[i] = (i * 0.618034 % 1 - 0.5) * 0.5;
        }
        return new Values(name, values, spread);
    }

    /** Makes a line of a {@link SharePlot} from values sorted upwards, with at most so many steps. */
    public static Values distribution(String name, double[] sorted, int steps) {
        int count = Math.min(sorted.length, steps);
        double[] x = new double[count];
        double[] y = new double[count];
        for (int i = 0; i < count; i++) {
            int index = (int) ((i + 1L) * sorted.length / count) - 1;
            x[i] = sorted[index];
            y[i] = (index + 1) / (double) sorted.length;
        }
        return new Values(name, x, y);
    }

    /** Returns a systematic sample of values, at most so many: more points than pixels only make a file large. */
    public static double[] thin(double[] values, int most) {
        int step = Math.max(1, (int) Math.ceil(values.length / (double) most));
        double[] shown = new double[(values.length + step - 1) / step];
        for (int i = 0; i < shown.length; i++) {
            shown[i] = values[i * step];
        }
        return shown;
    }
}
