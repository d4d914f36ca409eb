package dev.bench.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bench.host.Capability;
import dev.bench.target.Examination;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class SpaceChecksTest {
    /** Room is no remedy where nobody may write. */
    @Test
    void aDirectoryThatCannotBeWrittenToIsNotToldToLackSpace() {
        Path unwritable = Path.of("/proc/self/fdinfo");
        Capability cache = new SpaceChecks(Examination.ofHost(List.of(), unwritable, Map.of()))
                .check()
                .get(0);

        // Root may write anywhere as far as permissions go, and then there is no space.
        if (cache.finding().contains("cannot be written to")) {
            assertEquals("make it one that can be written to, or name another directory with --cache", cache.remedy());
            assertFalse(cache.consequence().contains("fit"), cache.consequence());
        } else {
            assertTrue(cache.finding().contains(" has 0 MiB free"), cache.finding());
        }
    }
}
