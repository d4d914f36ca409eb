package dev.bench.guest;

import dev.bench.host.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Remembers which disks were read from inside a guest, and which tree was found there.
 *
 * <p>What a guest reads follows from the bytes of its disk and from what reads them: kernel, modules, tools, emulator.
 * Where every one of these is the same, so is the answer, and an emulated guest need not take half a minute for it again.
 * The bytes are looked at each time; that a file has the same name, size and date proves nothing. Safe for several threads
 * and processes.
 */
public final class ProvenDisks {
    private final Path directory;

    /**
     * Holds what a guest found.
     *
     * @param treeDigest the digest of the tree, hexadecimal
     * @param at when it was read inside, to the second
     */
    public record Proof(String treeDigest, Instant at) {}

    /** Keeps proofs below a cache directory. */
    public ProvenDisks(Path cacheDirectory) {
        directory = cacheDirectory.resolve("proofs");
    }

    /**
     * Returns what tells a disk, and what it is read with, from every other.
     *
     * @param disk digest of its bytes, or of the tree where a directory of the host is shared in its place
     * @param kernel the kernel that reads it
     * @param initrd the initial RAM disk with the modules and tools that read it
     * @param emulator whatever else the guest's view could depend on, such as the emulator's version
     */
    public static String key(String disk, Path kernel, byte[] initrd, List<String> emulator) throws IOException {
        return Sha256.of(String.join("\0", disk, Sha256.of(kernel), Sha256.of(initrd), String.join("\0", emulator)));
    }

    /** Returns what was found before with the same key; null where nothing was, or the record is damaged. */
    public @Nullable Proof find(String key) throws IOException {
        Path file = directory.resolve(key);
        if (!Files.exists(file)) {
            return null;
        }
        String[] lines = Files.readString(file, StandardCharsets.ISO_8859_1).split("\n", -1);
        try {
            return lines.length < 2 ? null : new Proof(lines[0], Instant.parse(lines[1]));
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    /** Remembers what a guest has just found. */
    public void remember(String key, String treeDigest) throws IOException {
        Files.createDirectories(directory);
        Path temporary = Files.createTempFile(directory, ".tmp-", "");
        Files.writeString(temporary, treeDigest + "\n" + Instant.now().truncatedTo(ChronoUnit.SECONDS) + "\n");
        Files.move(temporary, directory.resolve(key), StandardCopyOption.ATOMIC_MOVE);
    }
}
