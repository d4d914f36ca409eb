package dev.bench.analysis;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Holds the statistics against published values. */
class StatisticsTest {
    /** Hamilton depression scale of nine patients, after minus before (Hollander and Wolfe, table 3.1). */
    private static final double[] DEPRESSION = {-0.952, 0.147, -1.022, -0.430, -0.620, -0.590, -0.490, 0.080, -0.010};

    @Test
    void estimatesTheDepressionExampleAsTheBookDoes() {
        SignedRank signedRank = new SignedRank(DEPRESSION);
        assertEquals(-0.46, signedRank.estimate(), 0.001);
        // The book gives (-0.786, -0.010) at the attainable 96.1 %.
        assertEquals(-0.786, signedRank.interval().low(), 0.001);
        assertEquals(-0.010, signedRank.interval().high(), 0.001);
        // One-sided 0.0195 in the book (T+ = 5).
        assertEquals(2 * 0.01953125, signedRank.pValue(), 1e-9);
    }

    @Test
    void knowsTheCriticalValuesOfTheSignedRankTable() {
        // Two-sided 5 %: 52 at n = 20, 8 at n = 10, 0 at n = 6 (Wilcoxon's table, any textbook).
        assertCritical(20, 52);
        assertCritical(10, 8);
        assertCritical(6, 0);
    }

    private static void assertCritical(int n, int critical) {
        double[] cumulative = SignedRank.cumulativeNull(n);
        assertTrue(cumulative[critical] <= 0.025, "n " + n);
        assertTrue(cumulative[critical + 1] > 0.025, "n " + n);
    }

    @Test
    void findsWalshAveragesWithoutListingThem() {
        double[] differences = {3, 1, 4, 1, 5, -9, 2, -6, 5, 3, 5};
        double[] averages = IntStream.range(0, differences.length)
                .boxed()
                .flatMap(i -> IntStream.rangeClosed(0, i).mapToObj(j -> (differences[i] + differences[j]) / 2))
                .mapToDouble(Double::doubleValue)
                .sorted()
                .toArray();
        assertEquals(OrderStatistics.median(averages), new SignedRank(differences).estimate(), 1e-12);
    }

    @Test
    void takesTheRanksOfTheMedianIntervalFromTheBinomialTable() {
        // Ranks of the 95 % interval: n = 6: 1 and 6; n = 10: 2 and 9; n = 20: 6 and 15; n = 50: 18 and 33.
        assertRanks(6, 1, 6);
        assertRanks(10, 2, 9);
        assertRanks(20, 6, 15);
        assertRanks(50, 18, 33);
        assertTrue(OrderStatistics.medianInterval(ranks(5)).isEmpty());
    }

    private static void assertRanks(int n, int low, int high) {
        assertEquals(
                new OrderStatistics.Interval(low, high),
                OrderStatistics.medianInterval(ranks(n)).orElseThrow());
    }

    private static double[] ranks(int n) {
        return IntStream.rangeClosed(1, n).mapToDouble(rank -> rank).toArray();
    }

    @Test
    void givesAQuantileItsUpperBoundOnlyFromEnoughSamplesOn() {
        assertTrue(OrderStatistics.quantileUpperBound(ranks(28), 0.9).isEmpty());
        assertTrue(OrderStatistics.quantileUpperBound(ranks(29), 0.9).isPresent());
        assertTrue(OrderStatistics.quantileUpperBound(ranks(58), 0.95).isEmpty());
        assertTrue(OrderStatistics.quantileUpperBound(ranks(59), 0.95).isPresent());
        assertTrue(OrderStatistics.quantileUpperBound(ranks(298), 0.99).isEmpty());
        assertTrue(OrderStatistics.quantileUpperBound(ranks(299), 0.99).isPresent());
    }

    @Test
    void interpolatesQuantilesAsTypeSevenDoes() {
        // R: quantile(c(1, 2, 4, 8), 0.9) is 6.8.
        assertEquals(6.8, OrderStatistics.quantile(new double[] {1, 2, 4, 8}, 0.9), 1e-12);
        assertEquals(3, OrderStatistics.median(new double[] {1, 2, 4, 8}), 1e-12);
    }

    @Test
    void measuresSpreadByTheMedianDeviation() {
        // R: mad(c(1, 1, 2, 2, 4, 6, 9), constant = 1) is 1.
        assertEquals(1, OrderStatistics.medianAbsoluteDeviation(new double[] {1, 1, 2, 2, 4, 6, 9}), 1e-12);
    }

    @Test
    void correctsForSeveralTestsAsHolmDoes() {
        // R: p.adjust(c(0.01, 0.04, 0.03, 0.005), "holm") is 0.03 0.06 0.06 0.02.
        assertArrayEquals(new double[] {0.03, 0.06, 0.06, 0.02}, Holm.adjust(List.of(0.01, 0.04, 0.03, 0.005)), 1e-12);
    }
}
