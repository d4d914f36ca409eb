package dev.bench.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Runs the simulation in short, with room for its few repetitions; {@code bench simulate} runs it in full. */
final class GateSimulationTest {
    private static final GateSimulation SHORT = new GateSimulation(1, 100);

    @ParameterizedTest
    @EnumSource
    void theGateIsHardlyEverWrongAndFindsTenPercent(Noise noise) {
        GateFigure figure = SHORT.run(noise, 20);

        assertTrue(figure.falseAlarms() <= 2, figure.toString());
        assertTrue(figure.detected() >= 93, figure.toString());
        assertTrue(figure.calledEquivalent() <= 1, figure.toString());
    }

    @ParameterizedTest
    @EnumSource
    void fewBlocksCostPowerButRaiseNoAlarm(Noise noise) {
        GateFigure figure = SHORT.run(noise, 10);

        assertTrue(figure.falseAlarms() <= 3, figure.toString());
        assertTrue(figure.calledEquivalent() <= 1, figure.toString());
    }

    @Test
    void theSeedDecidesEverything() {
        GateFigure figure = new GateSimulation(3, 20).run(Noise.BIMODAL, 10);

        assertEquals(figure, new GateSimulation(3, 20).run(Noise.BIMODAL, 10));
        assertFalse(figure.equals(new GateSimulation(4, 20).run(Noise.BIMODAL, 10)), figure.toString());
    }

    @Test
    void aFigureHoldsWhenAllSharesAreWithinTheirLimits() {
        assertTrue(new GateFigure(Noise.DRIFT, 20, 1000, 10, 950, 10).holds());
        assertFalse(new GateFigure(Noise.DRIFT, 20, 1000, 11, 1000, 0).holds());
        assertFalse(new GateFigure(Noise.DRIFT, 20, 1000, 0, 949, 0).holds());
        assertTrue(new GateFigure(Noise.DRIFT, 10, 1000, 0, 100, 0).holds());
        assertFalse(new GateFigure(Noise.DRIFT, 10, 1000, 0, 100, 11).holds());
    }

    @Test
    void refusesToRepeatLessThanOnce() {
        assertThrows(IllegalArgumentException.class, () -> new GateSimulation(1, 0));
    }
}
