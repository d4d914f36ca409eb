package dev.bench.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Holds the comparison of few blocks, in which ranks cannot reject, against Student's table and against chance. */
final class PairTest {
    private static final int BLOCKS = 6;
    private static final int COMPARISONS = 12;
    private static final Margin MARGIN = Margin.ofQuietHost();

    @Test
    void knowsTheCriticalValueOfStudentsTable() {
        // Five degrees of freedom: 2.571 for 0.05, 4.032 for 0.01, two-sided.
        assertEquals(0.05, pair(ofStatistic(2.571)).pValue(), 5e-5);
        assertEquals(0.01, pair(ofStatistic(4.032)).pValue(), 5e-6);
        assertEquals("Student's t-test", pair(ofStatistic(1)).test());
    }

    @Test
    void takesRanksFromTenBlocksOn() {
        double[] ratios = new double[10];
        Arrays.setAll(ratios, i -> 0.5 + i / 100.0);

        assertEquals("signed-rank test", pair(ratios).test());
        assertEquals(2.0 / 1024, pair(ratios).pValue(), 1e-12);
    }

    @Test
    void sixBlocksDecideWhatIsClearAmongManyComparisons() {
        SplittableRandom random = new SplittableRandom(7);
        List<Pair> pairs = new ArrayList<>();
        for (int i = 0; i < COMPARISONS; i++) {
            pairs.add(pair(noise(random, i == 0 ? Math.log(2) : 0)));
        }

        assertEquals(Verdict.HIGHER, verdicts(pairs).get(0));
    }

    @Test
    void sixBlocksHardlyEverDecideWhatIsNotThere() {
        SplittableRandom random = new SplittableRandom(8);
        int wrong = 0;
        for (int family = 0; family < 200; family++) {
            List<Pair> pairs = new ArrayList<>();
            for (int i = 0; i < COMPARISONS; i++) {
                pairs.add(pair(noise(random, 0)));
            }
            List<Verdict> verdicts = verdicts(pairs);
            wrong += verdicts.contains(Verdict.HIGHER) || verdicts.contains(Verdict.LOWER) ? 1 : 0;
        }

        // The correction promises 5 %, ten families; the margin takes away most of them.
        assertTrue(wrong <= 6, wrong + " of 200 families have a wrong verdict");
    }

    @Test
    void whatNeverVariesIsDifferentOrTheSame() {
        assertEquals(0, pair(new double[] {0.2, 0.2, 0.2, 0.2, 0.2, 0.2}).pValue());
        assertEquals(1, pair(new double[BLOCKS]).pValue());
        assertEquals(1, pair(new double[] {0.2}).pValue());
        assertEquals(1, pair(new double[0]).pValue());
    }

    private static List<Verdict> verdicts(List<Pair> pairs) {
        double[] adjusted = Holm.adjust(pairs.stream().map(Pair::pValue).toList());
        List<Verdict> verdicts = new ArrayList<>();
        for (int i = 0; i < adjusted.length; i++) {
            verdicts.add(pairs.get(i).shift().verdict(MARGIN, adjusted[i] < Holm.ALPHA));
        }
        return verdicts;
    }

    /** Returns the differences of two launches a block, one launch in ten of which a neighbour delays. */
    private static double[] noise(SplittableRandom random, double shift) {
        double[] ratios = new double[BLOCKS];
        Arrays.setAll(ratios, i -> shift + launch(random) - launch(random));
        return ratios;
    }

    private static double launch(SplittableRandom random) {
        double spread = 0.04 * random.nextGaussian();
        return random.nextInt(10) == 0 ? spread + 0.2 * random.nextDouble() : spread;
    }

    /** Returns six values whose mean is so many standard errors from zero. */
    private static double[] ofStatistic(double statistic) {
        double[] centred = {-1, 1, -1, 1, -1, 1};
        double error = Math.sqrt(6.0 / 5) / Math.sqrt(6);
        double[] values = new double[BLOCKS];
        Arrays.setAll(values, i -> centred[i] + statistic * error);
        return values;
    }

    private static Pair pair(double[] logRatios) {
        return new Pair(
                Measurands.named("startup.ready_ms"),
                "container",
                "vm",
                Arrays.stream(logRatios).boxed().toList(),
                Pair.tested(logRatios));
    }
}
