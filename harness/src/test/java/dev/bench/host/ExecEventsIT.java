package dev.bench.host;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Needs root in the host's own namespaces and a kernel with the process connector, as distributions build it. */
@Timeout(120)
final class ExecEventsIT {
    @Test
    void anExecutionIsToldWithTheMomentAtWhichItHappened() throws Exception {
        ExecEvents events = ExecEvents.ofHost().orElseThrow();
        Map<Long, Long> told = new ConcurrentHashMap<>();
        events.listen(told::put);

        long before = System.nanoTime();
        Process process = new ProcessBuilder("/bin/sleep", "0.1").start();
        assertTrue(process.waitFor(30, TimeUnit.SECONDS));
        long after = System.nanoTime();

        await("the kernel tells of the execution").until(() -> told.containsKey(process.pid()));
        long moment = told.get(process.pid());
        assertTrue(moment > before && moment < after, before + " < " + moment + " < " + after);
    }

    @Test
    void aJvmListensOnce() {
        assertSame(ExecEvents.ofHost().orElseThrow(), ExecEvents.ofHost().orElseThrow());
    }
}
