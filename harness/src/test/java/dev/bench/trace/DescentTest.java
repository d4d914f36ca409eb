package dev.bench.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class DescentTest {
    private static final long THREAD = 0x10000;
    private static final long PROCESS = 0x11;

    private final Descent descent = new Descent(Set.of(10));

    private Entered take() {
        return descent.take(id -> "group:" + id);
    }

    @Test
    void countsWhatLaunchersForkAndNotThemselves() {
        descent.called(1, 10, 0);
        descent.born(2, 10, 11, THREAD);
        descent.called(3, 11, 0);
        descent.born(4, 11, 20, PROCESS);
        descent.called(5, 20, 1);
        descent.born(6, 20, 21, THREAD);
        descent.called(7, 21, 1);
        descent.called(8, 21, 2);
        descent.passed(9, 21, 300);

        Entered entered = take();

        assertEquals(Map.of(1, 2L, 2, 1L), entered.calls());
        assertEquals(Set.of("group:300"), entered.passed());
        assertEquals(2, entered.threads());
        assertEquals(Map.of(), take().calls());
    }

    @Test
    void takesEventsInAnyOrder() {
        // The child was on a processor that was read first.
        descent.called(5, 30, 7);
        descent.born(4, 20, 30, PROCESS);
        descent.born(2, 10, 20, PROCESS);

        assertEquals(Map.of(7, 1L), take().calls());
    }

    @Test
    void keepsWhatIsNotYetKnownToBeAnybodys() {
        descent.called(5, 20, 7);
        assertEquals(Map.of(), take().calls());

        descent.born(4, 10, 20, PROCESS);
        assertEquals(Map.of(7, 1L), take().calls());
    }

    @Test
    void leavesOutWhatAJvmDoesToFork() {
        descent.born(1, 10, 20, PROCESS);
        descent.called(2, 20, 3);
        descent.executed(3, 20, "/usr/lib/jvm/lib/jspawnhelper");
        descent.called(4, 20, 3);
        descent.called(5, 20, 33);
        assertEquals(Map.of(), take().calls());

        descent.executed(6, 20, "/bin/true");
        descent.called(7, 20, 231);
        descent.called(8, 20, 3);
        assertEquals(Map.of(3, 1L, 231, 1L), take().calls());
    }

    @Test
    void leavesInWhatALibraryDoesToFork() {
        descent.born(1, 10, 20, PROCESS);
        descent.called(2, 20, 3);
        descent.executed(3, 20, "/usr/bin/qemu-system-x86_64");
        descent.called(4, 20, 16);

        assertEquals(Map.of(3, 1L, 16, 1L), take().calls());
    }
}
