package dev.bench.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Holds the detection of changes against series whose changes are known. */
final class ChangePointsTest {
    private final SplittableRandom random = new SplittableRandom(5);

    @Test
    void findsAStepWhereItIs() {
        List<ChangePoints.Change> changes = ChangePoints.of(series(30, 100, 20, 110));

        assertEquals(List.of(30), indices(changes));
        assertEquals(100, changes.get(0).before(), 2);
        assertEquals(110, changes.get(0).after(), 2);
    }

    @Test
    void findsUpAndDownAgainThoughBothEndsAreAlike() {
        assertEquals(List.of(18, 30), indices(ChangePoints.of(series(18, 100, 12, 115, 20, 100))));
    }

    @Test
    void findsChangesInEveryWindowAndNoneTwice() {
        double[] values = series(45, 100, 60, 110, 70, 95, 25, 105, 100, 120);

        assertEquals(List.of(45, 105, 175, 200), indices(ChangePoints.of(values)));
    }

    @Test
    void keepsTheChangesOfFullWindowsWhenPointsAreAdded() {
        double[] whole = series(30, 100, 90, 110, 80, 100);
        for (int length = 50; length <= whole.length; length += 7) {
            List<ChangePoints.Change> changes = ChangePoints.of(Arrays.copyOf(whole, length));

            assertEquals(30, changes.get(0).index(), "of " + length);
        }
    }

    @Test
    void searchesAGrownSeriesOnlyWhereItIsNew() {
        double[] whole = series(30, 100, 90, 110, 80, 100);
        WindowCache before = new WindowCache(Map.of());
        ChangePoints.of(Arrays.copyOf(whole, 190), before);
        WindowCache after = new WindowCache(before.used());

        assertEquals(ChangePoints.of(whole), ChangePoints.of(whole, after));
        // Windows of 50 that overlap by half: seven of 190 values, the last of which has grown.
        Set<Long> kept = new HashSet<>(after.used().keySet());
        kept.retainAll(before.used().keySet());
        assertEquals(6, kept.size());
        assertEquals(7, after.used().size());
    }

    @Test
    void takesWhatTheCacheKnowsOfAWindow() {
        double[] values = series(40, 100);
        WindowCache searched = new WindowCache(Map.of());
        assertEquals(List.of(), indices(ChangePoints.of(values, searched)));
        long key = searched.used().keySet().iterator().next();

        assertEquals(List.of(7), indices(ChangePoints.of(values, new WindowCache(Map.of(key, List.of(7))))));
        values[3] += 0.1;
        assertEquals(List.of(), indices(ChangePoints.of(values, new WindowCache(Map.of(key, List.of(7))))));
    }

    @Test
    void findsASmallStepBetweenFewPoints() {
        // Three deviations, ten points after it.
        assertEquals(List.of(25), indices(ChangePoints.of(series(25, 100, 10, 106))));
    }

    @Test
    void findsNothingInNoise() {
        int alarms = 0;
        for (int repetition = 0; repetition < 300; repetition++) {
            alarms += ChangePoints.of(series(50, 100)).size();
        }

        // 0.3 are expected at p = 0.001; five or more have a chance under 1 in 50,000.
        assertTrue(alarms < 5, alarms + " alarms");
    }

    @Test
    void findsNothingBelowTwentyPointsHoweverClear() {
        assertEquals(List.of(), indices(ChangePoints.of(series(9, 100, 10, 200))));
        assertEquals(List.of(10), indices(ChangePoints.of(series(10, 100, 10, 200))));
        assertEquals(List.of(), indices(ChangePoints.of(new double[0])));
    }

    @Test
    void takesOneOutlierForNoChange() {
        for (int place = 0; place < 50; place++) {
            double[] values = series(50, 100);
            values[place] = 1_000;

            assertEquals(List.of(), indices(ChangePoints.of(values)), "at " + place);
        }
    }

    @Test
    void findsNothingInValuesThatAreAllTheSame() {
        double[] values = new double[120];
        Arrays.fill(values, 7);

        assertEquals(List.of(), indices(ChangePoints.of(values)));
    }

    @Test
    void findsTheSameAgain() {
        double[] values = series(40, 100, 40, 103, 40, 100);

        assertEquals(ChangePoints.of(values), ChangePoints.of(values.clone()));
    }

    @Test
    void doesNotLoseAStepAcrossTheEndOfAWindow() {
        for (int before = 46; before <= 54; before++) {
            List<Integer> indices = indices(ChangePoints.of(series(before, 100, 40, 112)));

            assertEquals(1, indices.size(), "step at " + before + ": " + indices);
            assertEquals(before, indices.get(0), 1, "step at " + before);
        }
    }

    private static List<Integer> indices(List<ChangePoints.Change> changes) {
        return changes.stream().map(ChangePoints.Change::index).toList();
    }

    /** Draws values with a deviation of two: so many around this level, so many around that. */
    private double[] series(int... countsAndLevels) {
        List<Double> values = new ArrayList<>();
        for (int piece = 0; piece < countsAndLevels.length; piece += 2) {
            for (int i = 0; i < countsAndLevels[piece]; i++) {
                double normal = 0;
                for (int sum = 0; sum < 12; sum++) {
                    normal += random.nextDouble();
                }
                values.add(countsAndLevels[piece + 1] + 2 * (normal - 6));
            }
        }
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }
}
