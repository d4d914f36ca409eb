package dev.bench.analysis;

import org.apache.commons.statistics.distribution.BetaDistribution;
import org.apache.commons.statistics.inference.FisherExactTest;

/** Compares and bounds shares of a count. */
public final class Proportions {
    private static final double CONFIDENCE = 0.95;

    private Proportions() {}

    /**
     * Returns the two-sided p-value of two shares being the same (Fisher, The Design of Experiments, 1935); 1 where a
     * side was never tried, or where nothing was counted.
     */
    public static double pValue(int baseCounted, int baseTried, int headCounted, int headTried) {
        int counted = baseCounted + headCounted;
        if (baseTried == 0 || headTried == 0 || counted == 0 || counted == baseTried + headTried) {
            return 1;
        }
        return FisherExactTest.withDefaults()
                .test(new int[][] {
                    {baseCounted, baseTried - baseCounted},
                    {headCounted, headTried - headCounted}
                })
                .getPValue();
    }

    /** Returns the upper bound of a share with 95 % confidence (Clopper and Pearson, Biometrika 26, 1934). */
    public static double upperBound(int counted, int tried) {
        return counted >= tried
                ? 1
                : BetaDistribution.of(counted + 1.0, tried - counted).inverseCumulativeProbability(CONFIDENCE);
    }

    /** Returns the lower bound of a share with 95 % confidence. */
    public static double lowerBound(int counted, int tried) {
        return 1 - upperBound(tried - counted, tried);
    }
}
