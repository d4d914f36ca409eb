package dev.bench.analysis;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
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

    /** Permeability of the human chorioamnion at term and between 12 and 26 weeks (Hollander and Wolfe, table 4.1). */
    private static final double[] TERM = {0.80, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46};

    private static final double[] EARLY = {1.15, 0.88, 0.90, 0.74, 1.21};

    @Test
    void estimatesThePermeabilityExampleAsTheBookDoes() {
        RankSum rankSum = new RankSum(EARLY, TERM);
        assertEquals(0.305, rankSum.estimate(), 1e-9);
        // The book gives (-0.15, 0.76) at the attainable 96 %, and one-sided 0.1272 (U = 35).
        OrderStatistics.Interval interval = rankSum.interval().orElseThrow();
        assertEquals(-0.15, interval.low(), 1e-9);
        assertEquals(0.76, interval.high(), 1e-9);
        assertEquals(2 * 0.1272061272, rankSum.pValue(), 1e-9);
        assertEquals(15 / 50.0, rankSum.probabilityLess(), 1e-12);
    }

    @Test
    void knowsTheCriticalValuesOfTheRankSumTable() {
        // Two-sided 5 % (Mann and Whitney's table, any textbook).
        assertCritical(4, 4, 0);
        assertCritical(5, 5, 2);
        assertCritical(6, 6, 5);
        assertCritical(8, 10, 17);
        assertCritical(10, 10, 23);
        assertCritical(20, 20, 127);
    }

    private static void assertCritical(int n, int m, int critical) {
        double[] cumulative = RankSum.cumulativeNull(n, m);
        assertTrue(cumulative[critical] <= 0.025, n + " and " + m);
        assertTrue(cumulative[critical + 1] > 0.025, n + " and " + m);
        assertEquals(1, cumulative[n * m], 1e-12);
    }

    @Test
    void takesTheNormalDistributionForManySamplesAndCountsTies() {
        // scipy.stats.mannwhitneyu(a, b, method="asymptotic"): U = 1561, p = 0.011891761673462068.
        double[] base = cycle(60, 0.37, 0);
        double[] head = cycle(70, 0.53, 0.8);
        RankSum rankSum = new RankSum(base, head);
        assertEquals(0.011891761673462068, rankSum.pValue(), 1e-9);
        assertEquals(1, rankSum.estimate(), 1e-9);
        assertEquals(1561 / 4200.0, rankSum.probabilityLess(), 1e-12);
        OrderStatistics.Interval interval = rankSum.interval().orElseThrow();
        assertTrue(interval.low() > 0 && interval.low() < 1 && interval.high() > 1);
    }

    private static double[] cycle(int n, double step, double offset) {
        return IntStream.range(0, n)
                .mapToDouble(i -> Math.rint((i * step % 7 + offset) * 10) / 10)
                .toArray();
    }

    @Test
    void findsTheMedianDifferenceWithoutListingDifferences() {
        double[] base = {3, 1, 4, 1, 5, -9, 2};
        double[] head = {6, 5, 3, 5, 8, 9, 7, 9};
        double[] differences = IntStream.range(0, base.length)
                .boxed()
                .flatMap(i -> IntStream.range(0, head.length).mapToObj(j -> head[j] - base[i]))
                .mapToDouble(Double::doubleValue)
                .sorted()
                .toArray();
        assertEquals(OrderStatistics.median(differences), new RankSum(base, head).estimate(), 1e-12);
    }

    @Test
    void twoSamplesOfThreeHaveNoInterval() {
        assertTrue(new RankSum(ranks(3), ranks(3)).interval().isEmpty());
        assertTrue(new RankSum(ranks(4), ranks(4)).interval().isPresent());
        // 2 / C(8, 4) and 2 / C(10, 5).
        assertEquals(2 / 70.0, RankSum.leastPValue(4, 4), 1e-12);
        assertEquals(2 / 252.0, RankSum.leastPValue(5, 5), 1e-12);
        assertEquals(2 / 70.0, new RankSum(new double[] {1, 2, 3, 4}, new double[] {5, 6, 7, 8}).pValue(), 1e-12);
    }

    @Test
    void samplesAllTheSameGiveNoEvidence() {
        RankSum few = new RankSum(new double[] {1, 1, 1, 1, 1}, new double[] {1, 1, 1, 1, 1});
        assertEquals(1, few.pValue(), 1e-12);
        assertEquals(0, few.estimate());
        RankSum many = new RankSum(new double[60], new double[60]);
        assertEquals(1, many.pValue(), 1e-12);
        assertEquals(0.5, many.probabilityLess(), 1e-12);
    }

    @Test
    void aShiftIsTheSameWhicheverSideIsNamedFirst() {
        double[] base = {100, 101, 102, 103, 104, 105};
        double[] head = {110, 112, 111, 109, 113, 114};
        Shift there = Shift.unpaired(base, head);
        Shift back = Shift.unpaired(head, base);
        assertEquals(there.estimate(), -back.estimate(), 1e-9);
        assertEquals(there.halfWidth(), back.halfWidth(), 1e-9);
        assertEquals(there.pValue(), back.pValue(), 1e-12);
        assertEquals(Verdict.HIGHER, there.verdict(Margin.ofQuietHost(), true));
        assertEquals(Verdict.INCONCLUSIVE, there.verdict(Margin.ofQuietHost(), false));
        assertEquals(Verdict.EQUIVALENT, there.verdict(Margin.of(0.2, null, null), true));
    }

    @Test
    void comparesSharesAsFisherDid() {
        // scipy.stats.fisher_exact([[1, 9], [11, 3]]): p = 0.0027594561852200836.
        assertEquals(0.0027594561852200836, Proportions.pValue(1, 10, 11, 14), 1e-9);
        assertEquals(1, Proportions.pValue(0, 20, 0, 20));
        assertEquals(1, Proportions.pValue(20, 20, 20, 20));
        assertEquals(1, Proportions.pValue(3, 20, 0, 0));
    }

    @Test
    void boundsSharesAsClopperAndPearsonDid() {
        // scipy.stats.beta.ppf(0.95, 1, 1000) and (0.95, 4, 97).
        assertEquals(0.002991249545095295, Proportions.upperBound(0, 1000), 1e-9);
        assertEquals(0.07571079374983004, Proportions.upperBound(3, 100), 1e-9);
        assertEquals(1 - 0.002991249545095295, Proportions.lowerBound(1000, 1000), 1e-9);
        assertEquals(1, Proportions.upperBound(5, 5));
    }

    @Test
    void hostsAreOfOneClassWhateverTheirKernelKeepsOfTheMemory() {
        HostClass one = host("EPYC", "1 socket, 2 cores, 2 threads", "24030 MiB");
        assertEquals(one, host("EPYC", "1 socket, 2 cores, 2 threads", "23511 MiB"));
        assertEquals("24 GiB", one.memory());
        assertEquals("16 GiB", host("EPYC", "", "15622 MiB").memory());
        assertEquals("512 MiB", host("EPYC", "", "490 MiB").memory());
        assertEquals("not stated", host("EPYC", "", "not stated").memory());
        assertNotEquals(one, host("EPYC", "1 socket, 2 cores, 2 threads", "32044 MiB"));
        assertNotEquals(one, host("EPYC", "1 socket, 4 cores, 4 threads", "24030 MiB"));
        assertNotEquals(one, host("Xeon", "1 socket, 2 cores, 2 threads", "24030 MiB"));
    }

    private static HostClass host(String processor, String topology, String memory) {
        return HostClass.of(Map.of("cpu", processor, "topology", topology, "memory", memory));
    }
}
