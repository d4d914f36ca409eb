package dev.bench.document;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Sets tables for wide and narrow terminals. */
final class TextTableTest {
    private static final List<List<String>> ROWS =
            List.of(List.of("target", "median", ""), List.of("process", "12 ms", "*"), List.of("vm", "2.1 s", ""));

    @Test
    void rowsThatFitStandInColumns() {
        assertEquals("  target   median\n  process  12 ms   *\n  vm       2.1 s\n", TextTable.render(ROWS, 20));
        assertEquals(TextTable.render(ROWS), TextTable.render(ROWS, 20));
    }

    @Test
    void rowsThatDoNotFitBecomeBlocks() {
        assertEquals("  process\n    median: 12 ms\n    *\n  vm\n    median: 2.1 s\n", TextTable.render(ROWS, 19));
    }
}
