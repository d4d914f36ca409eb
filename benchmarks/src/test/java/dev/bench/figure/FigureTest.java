package dev.bench.figure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bench.jvm.MeasuringJvm;
import org.junit.jupiter.api.Test;

class FigureTest {
    @Test
    void aRatioIsTheMedianOfTheRatiosOfPairs() {
        Figure figure =
                Figure.ratio("pairs", new double[] {10, 220, 30}, new double[] {10, 200, 20}, 1.1, Figure.Kind.AT_MOST);
        assertEquals(1.1, figure.value(), 1e-12, "not 30 / 20, the ratio of medians");
        assertEquals("30.0 ms", figure.ours());
        assertEquals("20.0 ms", figure.other());
        assertTrue(figure.holds());
    }

    @Test
    void aLimitIsReachedOrNot() {
        assertTrue(Figure.millis("at most", 3, 3).holds());
        assertFalse(Figure.millis("at most", 3.0001, 3).holds());
        assertFalse(new Figure("below", "", "", 1, 1, Figure.Kind.BELOW).holds());
        assertTrue(new Figure("below", "", "", 0.99, 1, Figure.Kind.BELOW).holds());
    }

    @Test
    void aRateMustBeReachedAndIsComparedPairByPair() {
        Figure figure = Figure.rates("starts", new double[] {20, 5, 9}, new double[] {10, 5, 10}, 1);
        assertEquals(1, figure.value(), 1e-12);
        assertEquals("9.00 /s", figure.ours());
        assertEquals("10.00 /s", figure.other());
        assertTrue(figure.holds());
        assertFalse(new Figure("", "", "", 0.99, 1, Figure.Kind.AT_LEAST).holds());
    }

    @Test
    void quantilesAreSamples() {
        double[] values = new double[100];
        for (int i = 0; i < values.length; i++) {
            values[i] = 100 - i;
        }
        assertEquals(50.5, Figure.median(values));
        assertEquals(99, Figure.quantile(values, 0.99));
        assertEquals(2, Figure.median(new double[] {3, 1, 2}));
    }

    @Test
    void figuresTravelBetweenJvms() throws Exception {
        Figure figure = new Figure("name", "1 ms", "2 ms", 0.5, 1, Figure.Kind.BELOW);
        assertEquals(figure, MeasuringJvm.JSON.readValue(MeasuringJvm.JSON.writeValueAsString(figure), Figure.class));
    }
}
