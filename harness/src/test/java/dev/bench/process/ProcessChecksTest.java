package dev.bench.process;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bench.target.Examination;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ProcessChecksTest {
    /** Whatever else the doctor tries must not go down with it, nor another directory be blamed. */
    @Test
    void saysNothingOfOverlaysWhereTheCacheCannotBeWrittenTo(@TempDir Path scratch) throws IOException {
        Path unwritable = Path.of("/proc/self/fdinfo");

        assertEquals(
                List.of(), new ProcessChecks().isolation(Examination.ofHost(List.of(), unwritable, Map.of()), scratch));
    }
}
