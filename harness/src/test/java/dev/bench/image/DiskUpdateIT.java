package dev.bench.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bench.host.Commands;
import dev.bench.host.FileTrees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Brings real file systems up to date. Needs root, for whiteouts and owners. */
class DiskUpdateIT {
    private static final Duration TIMEOUT = Duration.ofMinutes(5);

    @TempDir
    private Path directory;

    private Path before;
    private Path now;
    private Path layer;
    private Path disk;

    @BeforeEach
    void makeTrees() throws IOException {
        before = Files.createDirectories(directory.resolve("before"));
        now = directory.resolve("now");
        layer = Files.createDirectories(directory.resolve("layer"));
        disk = directory.resolve("disk.raw");
        in(before, """
                mkdir -p etc 'with blank/below' many opaque/old replaced
                echo one >etc/changed; echo two >etc/gone; echo three >etc/owner; ln -s changed etc/link
                for i in $(seq 1500); do echo $i >many/file-with-a-long-name-$i; done
                echo x >'with blank/below/ümlaut'; echo y >opaque/old/file; echo z >replaced/by-a-file
                head -c 3000000 /dev/urandom >large
                """);
        Commands.runOrThrow(TIMEOUT, List.of("cp", "-a", before.toString(), now.toString()));
        DiskBuilder.buildRaw(before, disk, "ab".repeat(32));
    }

    /** Runs a script in a directory. */
    private static void in(Path place, String script) throws IOException {
        Commands.runOrThrow(TIMEOUT, List.of("sh", "-euc", "cd '" + place + "'\n" + script));
    }

    @Test
    void theDiskHoldsTheNewTreeAndItsFileSystemIsSound() throws Exception {
        String written = """
                mkdir -p etc many opaque new/deep 'with blank/below'
                echo changed >etc/changed; : >etc/empty; echo four >etc/owner; chown 7:8 etc/owner; chmod 4750 etc/owner
                rm -f etc/link; ln -s %s etc/link
                for i in $(seq 700); do echo $i >many/another-with-a-long-name-$i; done
                head -c 5000000 /dev/zero | tr '\\0' 'a' >new/deep/filled; truncate -s 2000000 new/sparse
                echo back >'with blank/below/ümlaut'
                echo fresh >opaque/fresh
                """.formatted("a".repeat(200));
        in(now, "rm -r etc/gone opaque replaced large\nmkdir opaque\n" + written + "echo now >replaced\n");
        in(layer, written + "echo now >replaced\nmknod etc/gone c 0 0\nmknod large c 0 0\n");
        attribute(layer.resolve("opaque"), "trusted.overlay.opaque");

        assertTrue(DiskUpdate.apply(disk, before, now, List.of(layer), directory));

        assertSound();
        Path dumped = dumped();
        // Copying it out has set the owner last, which takes this bit away.
        assertTrue(Commands.runOrThrow(TIMEOUT, List.of("debugfs", "-R", "stat /etc/owner", disk.toString()))
                .contains("Mode:  04750"));
        in(dumped, "chmod 4750 etc/owner");
        assertNull(TreeManifest.firstDifference(
                TreeManifest.of(now).text(), TreeManifest.of(dumped).text()));
    }

    private static void attribute(Path file, String name) throws IOException {
        PosixFiles.setAttribute(PosixFiles.byteString(file), name, new byte[] {'y'});
    }

    private void assertSound() throws IOException {
        Commands.Ended checked = Commands.run(TIMEOUT, List.of("e2fsck", "-fn", disk.toString()));
        assertEquals(0, checked.status(), checked.output());
    }

    /** Returns what the disk holds, without the file system's own. */
    private Path dumped() throws IOException {
        Path tree = Files.createDirectories(directory.resolve("dumped"));
        Commands.runOrThrow(TIMEOUT, List.of("debugfs", "-R", "rdump / " + tree, disk.toString()));
        FileTrees.delete(tree.resolve("lost+found"));
        return tree;
    }

    @Test
    void whatCannotBeWrittenSoIsToldBeforeAnythingIs() throws Exception {
        for (String script : List.of(
                "echo a >etc/attributes",
                "echo a >etc/first; ln etc/first etc/second",
                "mknod etc/pipe p",
                "echo a >'etc/with\"quote'")) {
            FileTrees.delete(layer);
            Files.createDirectories(layer.resolve("etc"));
            in(layer, script);
            in(now, script);
            if (Files.exists(now.resolve("etc/attributes"))) {
                attribute(now.resolve("etc/attributes"), "user.note");
            }
            byte[] content = Files.readAllBytes(disk);

            assertFalse(DiskUpdate.apply(disk, before, now, List.of(layer), directory), script);

            assertEquals(-1, Files.mismatch(disk, Files.write(directory.resolve("copy.raw"), content)), script);
            in(now, "rm -f etc/attributes etc/first etc/second etc/pipe 'etc/with\"quote'");
        }
        assertSound();
    }
}
