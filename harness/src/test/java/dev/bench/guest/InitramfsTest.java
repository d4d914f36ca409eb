package dev.bench.guest;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class InitramfsTest {
    @Test
    void aBareOneHoldsAnInitAndAConsoleForIt() {
        byte[] init = {1, 2, 3};
        Map<String, CpioEntries.Entry> entries = CpioEntries.read(Initramfs.bare(init));

        assertEquals(List.of("dev", "dev/console", "init"), List.copyOf(entries.keySet()));
        assertArrayEquals(init, entries.get("init").content());
        assertEquals(0100755, entries.get("init").mode());
    }
}
