package dev.bench.grammar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ProblemTest {
    @Test
    void aFaultIsShownWhole() {
        assertEquals(
                "a.yaml:3:7: limits.memory: 'much' is not accepted; give a size",
                new Problem(3, 7, "limits.memory", "'much' is not accepted; give a size").describe("a.yaml"));
    }

    @Test
    void aValueOfAnyLengthLeavesRoomForWhatIsAccepted() {
        String described = new Problem(
                        1, 1, "k".repeat(9_000), "'" + "256MiB".repeat(9_000) + "' is not accepted; give a size")
                .describe("a.yaml");

        assertTrue(described.startsWith("a.yaml:1:1: kkk"), described);
        assertTrue(described.contains(" [...] "), described);
        assertTrue(described.endsWith("' is not accepted; give a size"), described);
        assertTrue(described.length() < 2_400, described);
    }
}
