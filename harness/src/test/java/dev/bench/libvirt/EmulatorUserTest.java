package dev.bench.libvirt;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bench.host.SystemFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EmulatorUserTest {
    private static final String USER = "libvirt-qemu:x:999:995::/nonexistent:/usr/sbin/nologin\n";

    @TempDir
    Path root;

    @Test
    void theEmulatorsUserMayOpenKvmAsAMemberOfItsGroup() throws IOException {
        assertFalse(mayOpenKvm(USER, "kvm:x:107:\n"));
        assertFalse(mayOpenKvm(USER, "kvm:x:107:libvirt-qemu2,other\n"));
        assertTrue(mayOpenKvm(USER, "kvm:x:107:other,libvirt-qemu\n"));
        assertTrue(mayOpenKvm(USER.replace("995", "107"), "kvm:x:107:\n"));
    }

    @Test
    void aHostWithoutTheGroupOrTheUserHasNothingToMend() throws IOException {
        assertTrue(mayOpenKvm(USER, "root:x:0:\n"));
        assertTrue(mayOpenKvm("root:x:0:0:root:/root:/bin/bash\n", "kvm:x:107:\n"));
    }

    private boolean mayOpenKvm(String users, String groups) throws IOException {
        Path etc = Files.createDirectories(root.resolve("etc"));
        Files.writeString(etc.resolve("passwd"), users);
        Files.writeString(etc.resolve("group"), groups);
        return EmulatorUser.mayOpenKvm(new SystemFiles(root));
    }
}
