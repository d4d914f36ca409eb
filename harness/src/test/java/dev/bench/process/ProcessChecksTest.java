package dev.bench.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bench.host.Capability;
import dev.bench.target.Examination;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ProcessChecksTest {
    /** Whatever else the doctor tries must not go down with it, and no other directory be blamed. */
    @Test
    void aCacheThatCannotBeWrittenToIsNamed(@TempDir Path scratch) throws IOException {
        Path unwritable = Path.of("/proc/self/fdinfo");

        List<Capability> found =
                new ProcessChecks().isolation(Examination.ofHost(List.of(), unwritable, Map.of()), scratch);

        assertEquals(Capability.State.MISSING, found.get(0).state());
        assertTrue(
                found.get(0).finding().startsWith("could not be tried in /proc/self/fdinfo: "),
                found.get(0).finding());
    }
}
