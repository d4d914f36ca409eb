package dev.bench.workload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignalsTest {
    @Test
    void everySpellingOfDockerIsRead() {
        assertEquals(15, Signals.number(""));
        assertEquals(15, Signals.number("sigterm"));
        assertEquals(3, Signals.number("QUIT"));
        assertEquals(40, Signals.number("40"));
        assertEquals(29, Signals.number("SIGPOLL"));
        assertEquals(34, Signals.number("SIGRTMIN"));
        assertEquals(37, Signals.number("RTMIN+3"));
        assertEquals(37, Signals.number("SIGRTMIN+3"));
        assertEquals(61, Signals.number("SIGRTMAX-3"));
        assertEquals(64, Signals.number("rtmax"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SIGFOO",
                "0",
                "65",
                "99",
                "SIG15",
                "RTMIN-1",
                "RTMAX+1",
                "RTMIN+31",
                "RTMAX-40",
                "RTMIN+",
                " TERM"
            })
    void whatIsNoSignalIsRefused(String signal) {
        String message = String.valueOf(assertThrows(IllegalArgumentException.class, () -> Signals.number(signal))
                .getMessage());
        assertTrue(message.contains("'" + signal + "' is not a signal"), message);
    }
}
