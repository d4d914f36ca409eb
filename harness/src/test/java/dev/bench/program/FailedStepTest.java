package dev.bench.program;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;

final class FailedStepTest {
    @Test
    void saysStepAndErrorInWords() {
        FailedStep step = FailedStep.find("failed execute /app\nfffffff3\n").orElseThrow();

        assertEquals("execute /app: permission denied (EACCES)", step.describe());
    }

    @Test
    void isFoundAmongWhatElseTheControlPortCarries() {
        FailedStep step = FailedStep.find("init\nfailed enter /data\nfffffffe\nexit\n00000082\n")
                .orElseThrow();

        assertEquals(new FailedStep("enter /data", 2), step);
    }

    @Test
    void aPartOfAReportIsNone() {
        assertEquals(Optional.empty(), FailedStep.find("init\nexec\n"));
        assertEquals(Optional.empty(), FailedStep.find("failed execute /app\nffff"));
        assertEquals(Optional.empty(), FailedStep.find(""));
    }

    @Test
    void anErrorWithoutWordsKeepsItsNumber() {
        assertEquals("error number 4000", Errno.describe(4000));
    }
}
