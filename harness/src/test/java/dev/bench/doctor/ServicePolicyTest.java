package dev.bench.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bench.host.Commands;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ServicePolicyTest {
    /** No process has it: it is above the largest that Linux gives (PID_MAX_LIMIT). */
    private static final long NO_PROCESS = 4_194_305;

    @TempDir
    private Path directory = Path.of("");

    @Test
    void forbidsEveryActionWhileItIsOpenAndIsGoneAfterwards() throws IOException {
        try (ServicePolicy policy = ServicePolicy.forbid(file())) {
            assertTrue(policy.isMade());
            // 101 is "action forbidden by policy" in Debian's interface for init script policy layers.
            assertEquals(
                    101,
                    Commands.run(Duration.ofSeconds(10), List.of(file().toString(), "docker", "start"))
                            .status());
        }
        assertFalse(Files.exists(file()));
    }

    @Test
    void leavesTheHostsOwnPolicyAlone() throws IOException {
        Files.writeString(file(), "#!/bin/sh\nexit 0\n");

        try (ServicePolicy policy = ServicePolicy.forbid(file())) {
            assertFalse(policy.isMade());
        }
        assertEquals("#!/bin/sh\nexit 0\n", Files.readString(file()));
    }

    @Test
    void leavesAFileAloneThatSomebodyPutInItsPlace() throws IOException {
        try (ServicePolicy policy = ServicePolicy.forbid(file())) {
            assertTrue(policy.isMade());
            Files.writeString(file(), "#!/bin/sh\n# another's\nexit 0\n");
        }
        assertTrue(Files.exists(file()));
    }

    @Test
    void takesOverTheFileOfAProcessThatWasKilled() throws IOException {
        Files.writeString(file(), "#!/bin/sh\n# made by bench, process " + NO_PROCESS + ", while it installs\n");

        try (ServicePolicy policy = ServicePolicy.forbid(file())) {
            assertTrue(policy.isMade());
        }
        assertFalse(Files.exists(file()));
    }

    @Test
    void leavesTheFileOfALivingProcessAlone() throws IOException {
        Files.writeString(
                file(),
                "#!/bin/sh\n# made by bench, process " + ProcessHandle.current().pid() + ", while\n");

        try (ServicePolicy policy = ServicePolicy.forbid(file())) {
            assertFalse(policy.isMade());
        }
        assertTrue(Files.exists(file()));
    }

    private Path file() {
        return directory.resolve("policy-rc.d");
    }
}
