package dev.bench.result;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

final class CountTest {
    @Test
    void oneIsNotMany() {
        assertEquals("1 block", Count.of(1, "block"));
        assertEquals("0 blocks", Count.of(0, "block"));
        assertEquals("2 processes", Count.of(2, "process"));
        assertEquals("1 launch", Count.of(1, "launch", "launches"));
        assertEquals("3 launches", Count.of(3, "launch", "launches"));
    }
}
