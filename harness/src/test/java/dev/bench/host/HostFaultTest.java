package dev.bench.host;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HostFaultTest {
    @Test
    void aFullDiskIsToldOnceWithOneAdvice() {
        IOException full = new FileSystemException("/results/launches.jsonl", null, "No space left on device");
        assertEquals(
                Optional.of(
                        "the disk is full: /results/launches.jsonl: No space left on device. Free space, or name other"
                                + " directories with --out and --cache"),
                HostFault.describeFull(new IllegalStateException(
                        "/results: cannot append (No space left on device); free space or choose another --out",
                        full)));
    }

    @Test
    void rootMayNotWriteWhereNobodyMay() {
        assertEquals(
                Optional.of("its file system is read-only: /cache/images. Mount it for writing, or name a directory"
                        + " elsewhere"),
                HostFault.describe(new FileSystemException("/cache/images", null, "Read-only file system")));
        assertEquals(
                Optional.of("no permission: /site. Run as root, or name a directory that this user may write to"),
                HostFault.describe(new AccessDeniedException("/site")));
    }

    @Test
    void anythingElseIsNoFullDisk() {
        assertEquals(Optional.empty(), HostFault.describeFull(new IOException("Permission denied")));
    }
}
