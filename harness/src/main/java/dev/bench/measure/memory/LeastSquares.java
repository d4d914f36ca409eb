package dev.bench.measure.memory;

/** Fits a straight line to points by least squares. The fit of a sum is the sum of the fits, so layers add up. */
final class LeastSquares {
    private LeastSquares() {}

    /**
     * Returns the slope of the line with an intercept of its own.
     *
     * @throws IllegalArgumentException where there are not two different {@code x}
     */
    static double slope(double[] x, double[] y) {
        double meanX = mean(x);
        double meanY = mean(y);
        double covariance = 0;
        double variance = 0;
        for (int i = 0; i < x.length; i++) {
            covariance += (x[i] - meanX) * (y[i] - meanY);
            variance += (x[i] - meanX) * (x[i] - meanX);
        }
        if (variance == 0) {
            throw new IllegalArgumentException("a line takes two different x at least");
        }
        return covariance / variance;
    }

    private static double mean(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum / values.length;
    }
}
