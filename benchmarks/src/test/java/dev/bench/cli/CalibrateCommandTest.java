package dev.bench.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bench.figure.Figure;
import java.util.List;
import org.junit.jupiter.api.Test;

class CalibrateCommandTest {
    @Test
    void aCalibrationThatWasStoppedBeforeItsFirstFigureHasATableToo() {
        assertEquals(2, CalibrateCommand.table(List.of()).lines().count());
    }

    @Test
    void aFigureStandsBesideWhatItIsHeldAgainst() {
        String row = CalibrateCommand.table(
                        List.of(new Figure("ours / theirs", "5.0 ms", "4.0 ms", 1.25, 1.05, Figure.Kind.AT_MOST)))
                .lines()
                .skip(2)
                .findFirst()
                .orElseThrow();
        assertEquals("| ours / theirs | 5.0 ms / 4.0 ms = 1.250 | at most 1.05    | missed |", row);
    }
}
