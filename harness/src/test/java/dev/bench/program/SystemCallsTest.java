package dev.bench.program;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Locale;
import org.junit.jupiter.api.Test;

final class SystemCallsTest {
    @Test
    void namesNumbers() {
        assertEquals("read", SystemCalls.name(0));
        assertEquals("clone3", SystemCalls.name(435));
        assertEquals("number 9999", SystemCalls.name(9999));
    }

    @Test
    void agreesWithTheCallsThatProgramsMake() {
        for (Syscall syscall : Syscall.values()) {
            assertEquals(syscall.name().toLowerCase(Locale.ROOT), SystemCalls.name(syscall.number()));
        }
    }

    @Test
    void knowsSubsystems() {
        assertEquals("network", SystemCalls.subsystem("accept4"));
        assertEquals("asynchronous I/O", SystemCalls.subsystem("io_uring_setup"));
        assertEquals("other", SystemCalls.subsystem("number 9999"));
        assertTrue(SystemCalls.numbers().size() > 370);
    }
}
