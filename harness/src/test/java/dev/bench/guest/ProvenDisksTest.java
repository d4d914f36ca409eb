package dev.bench.guest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.bench.host.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProvenDisksTest {
    private static final byte[] INITRD = {1, 2, 3};

    @TempDir
    private Path directory;

    private Path disk;
    private Path kernel;
    private ProvenDisks disks;

    @BeforeEach
    void write() throws IOException {
        disk = Files.write(directory.resolve("disk"), new byte[3 << 20]);
        kernel = Files.writeString(directory.resolve("kernel"), "kernel");
        disks = new ProvenDisks(directory.resolve("cache"));
    }

    private String key() throws IOException {
        return ProvenDisks.key(Sha256.of(disk), kernel, INITRD, List.of("QEMU 7.2.0", "q35"));
    }

    @Test
    void remembersWhatAGuestFoundAndWhen() throws IOException {
        assertNull(disks.find(key()));
        disks.remember(key(), "ab");

        ProvenDisks.Proof proof = new ProvenDisks(directory.resolve("cache")).find(key());
        assertNotNull(proof);
        assertEquals("ab", proof.treeDigest());
        assertEquals(0, Duration.between(proof.at(), Instant.now()).abs().toMinutes(), proof.toString());
    }

    @Test
    void aDiskWithOneOtherByteIsAnotherThoughItsDateIsTheSame() throws IOException {
        FileTime modified = Files.getLastModifiedTime(disk);
        disks.remember(key(), "ab");
        byte[] content = Files.readAllBytes(disk);
        content[content.length - 1] = 1;
        Files.write(disk, content);
        Files.setLastModifiedTime(disk, modified);

        assertNull(disks.find(key()));
    }

    @Test
    void everythingThatReadsTheDiskCounts() throws IOException {
        Set<String> keys = new HashSet<>(List.of(key()));
        keys.add(ProvenDisks.key(Sha256.of(disk), kernel, new byte[] {1, 2}, List.of("QEMU 7.2.0", "q35")));
        keys.add(ProvenDisks.key(Sha256.of(disk), kernel, INITRD, List.of("QEMU 8.0.0", "q35")));
        keys.add(ProvenDisks.key(Sha256.of(disk), kernel, INITRD, List.of("QEMU 7.2.0q35")));
        Files.writeString(kernel, "kernel 2");
        keys.add(key());
        assertEquals(5, keys.size());
    }

    @Test
    void aDamagedRecordIsNone() throws IOException {
        disks.remember(key(), "ab");
        Path record = directory.resolve("cache/proofs").resolve(key());
        for (String damaged : List.of("", "ab", "ab\nyesterday\n")) {
            Files.writeString(record, damaged);
            assertNull(disks.find(key()), damaged);
        }
    }
}
