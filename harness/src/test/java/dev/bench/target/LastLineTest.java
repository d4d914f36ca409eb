package dev.bench.target;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class LastLineTest {
    @Test
    void isTheLastLineWithWords() {
        assertEquals("fatal: no configuration", last("starting\r\nfatal: no configuration\r\n  \n\n"));
        assertEquals("unfinished", last("starting\nunfinished"));
        assertEquals("", last("\n \r\n"));
        assertEquals("", last(""));
    }

    @Test
    void hasNoColoursAndIsCutWhereItIsLong() {
        assertEquals(
                "ERROR kein Zugriff auf die Schlüssel",
                last("\u001b[31mERROR\u001b[0m kein Zugriff auf die Schlüssel\n"));
        assertEquals("ü".repeat(200) + "...", last("x\n" + "ü".repeat(1_000) + "\n"));
    }

    private static String last(String output) {
        return LastLine.of(output.getBytes(StandardCharsets.UTF_8));
    }
}
