package dev.bench.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class CalibrateCommandTest {
    @Test
    void aCalibrationThatWasStoppedBeforeItsFirstFigureHasATableToo() {
        assertEquals(2, CalibrateCommand.table(List.of()).lines().count());
    }
}
