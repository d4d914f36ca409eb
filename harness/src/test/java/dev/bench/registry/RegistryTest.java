package dev.bench.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class RegistryTest {
    private static final String STATISTICS = """
            Inter-|   Receive                                                |  Transmit
             face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed
                lo:     100       1    0    0    0     0          0         0      100       1    0    0    0     0       0          0
            bench0123abcdr:12345678901     9    1    2    3     4          5         6      70      11    0    0    0     0       0          0
            """;

    @Test
    void countsWhatAnInterfaceReceivesAndSends() throws IOException {
        assertEquals(12_345_678_971L, Registry.passedBytes(STATISTICS, "bench0123abcdr"));
        assertEquals(200, Registry.passedBytes(STATISTICS, "lo"));
    }

    @Test
    void countsNothingInThePlaceOfALinkThatIsGone() {
        assertThrows(IOException.class, () -> Registry.passedBytes(STATISTICS, "bench0123abcd"));
    }
}
