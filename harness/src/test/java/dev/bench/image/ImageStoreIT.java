package dev.bench.image;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bench.workload.ConfigOverrides;
import dev.bench.workload.ImageSource;
import dev.bench.workload.PreparedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the real tools: mmdebstrap (with a mirror to reach), mke2fs, debugfs, qemu-img, mount. Needs root. */
class ImageStoreIT {
    @TempDir
    Path directory;

    private final FakeEngineImages engine = new FakeEngineImages();
    private final List<String> progress = new ArrayList<>();
    private Path cache;
    private ImageStore store;

    @BeforeEach
    void makeStore() {
        cache = directory.resolve("cache");
        store = new ImageStore(cache, engine);
    }

    @AfterEach
    void removeCache() throws IOException {
        // ours says nothing about links that only seem to lead out of the directory
        PosixFiles.removeTree(PosixFiles.byteString(cache));
    }

    private PreparedImage prepare(ImageSource source) throws ImageException {
        return store.prepare(source, ConfigOverrides.none(), progress::add);
    }

    private String failure(ImageSource source, ConfigOverrides overrides) {
        return String.valueOf(assertThrows(ImageException.class, () -> store.prepare(source, overrides, progress::add))
                .getMessage());
    }

    private static String run(String... argv) throws IOException {
        return ExternalTool.run(argv[0], Duration.ofMinutes(1), Map.of(), List.of(argv));
    }

    /** An image with one of everything that a disk might lose. */
    private Path archive(String command) throws IOException {
        byte[] first = new LayerFile()
                .directory("bin", 0755)
                .file("bin/run", "#!", header -> header.mode = 04755)
                .file(
                        "bin/capable",
                        "x",
                        header -> header.pax.put(
                                "SCHILY.xattr.security.capability",
                                "\u0001\0\0\u0002\u0080\u0020\0\0\0\0\0\0\0\0\0\0\0\0\0\0"))
                .file("gone", "x")
                .symbolicLink("link", "bin/run")
                .entry('3', "null", new byte[0], header -> {
                    header.major = 1;
                    header.minor = 3;
                })
                .entry('6', "pipe", new byte[0], header -> {})
                .file("high\u00ff\nname", "x", header -> {
                    header.uid = 70000;
                    header.gid = 70001;
                })
                .bytes();
        byte[] second = new LayerFile()
                .file(".wh.gone", "")
                .entry('1', "hard", new byte[0], header -> {
                    header.linkName = "bin/run";
                    header.mode = 04755;
                })
                .bytes();
        byte[] config = ("{\"config\": {\"Cmd\": " + command + ", \"WorkingDir\": \"/work\"}}").getBytes(UTF_8);
        Path archive = directory.resolve("image.tar");
        ArchiveWriter.write(
                archive,
                config,
                List.of(
                        ArchiveWriter.Layer.of(Files.write(directory.resolve("first"), first)),
                        ArchiveWriter.Layer.of(Files.write(directory.resolve("second"), second))),
                "someone-elses:tag");
        return archive;
    }

    @Test
    void theDiskHoldsTheVeryTree() throws Exception {
        PreparedImage image = prepare(new ImageSource.Archive(archive("[\"run\"]")));
        Path raw = directory.resolve("disk.raw");
        run("qemu-img", "convert", "-O", "raw", image.disk().toString(), raw.toString());
        run("e2fsck", "-fn", raw.toString());
        Path mounted = Files.createDirectory(directory.resolve("mounted"));
        run("mount", "-o", "loop,ro", raw.toString(), mounted.toString());
        try {
            assertEquals(
                    Files.readString(image.manifest()), TreeManifest.of(mounted).text());
            assertEquals(20, PosixFiles.attribute(mounted + "/bin/capable", "security.capability").length);
            assertEquals(2, Files.getAttribute(mounted.resolve("hard"), "unix:nlink"));
            assertTrue(Files.isDirectory(mounted.resolve("work")));
        } finally {
            run("umount", mounted.toString());
        }
        assertEquals(TreeManifest.of(image.tree()).digest(), image.treeDigest());
        assertTrue(engine.has(image.engineReference()));
        assertEquals("bench-image:" + image.digest().substring(7, 23), image.engineReference());
        assertFalse(engine.has("someone-elses:tag"));
    }

    @Test
    void aBombIsRefusedAndLeavesNothing() throws Exception {
        Path bomb = Files.write(directory.resolve("bomb.tar.zst"), ImageArchiveTest.zstdBomb(50_000));
        assertEquals(
                "cannot prepare the image archive " + bomb
                        + ": it unpacks to more than 1.0 GiB, which is over 100 times"
                        + " its own size. Take another image, or one that is saved uncompressed and without holes",
                failure(new ImageSource.Archive(bomb), ConfigOverrides.none()));
        assertEquals(List.of(), PosixFiles.list(PosixFiles.byteString(cache.resolve("images"))));
    }

    @Test
    void aSecondTimeNothingIsBuilt() throws Exception {
        ImageSource source = new ImageSource.Archive(archive("[\"run\"]"));
        PreparedImage first = prepare(source);
        progress.clear();
        engine.calls.clear();
        assertEquals(first, prepare(source));
        assertEquals(List.of(), progress);
        assertEquals(List.of(), engine.calls);
    }

    @Test
    void oneImageInSeveralArchivesIsOneEntry() throws Exception {
        Path archive = archive("[\"run\"]");
        PreparedImage first = prepare(new ImageSource.Archive(archive));
        Path compressed = directory.resolve("image.tar.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(compressed))) {
            Files.copy(archive, out);
        }
        Path copy = Files.copy(archive, directory.resolve("copy.tar"));
        for (Path another : List.of(copy, compressed, archive, compressed)) {
            assertEquals(first, prepare(new ImageSource.Archive(another)));
        }
        Files.setLastModifiedTime(archive, FileTime.fromMillis(1));
        assertEquals(first, prepare(new ImageSource.Archive(archive)));
        try (var images = Files.list(cache.resolve("images"))) {
            assertEquals(1, images.count());
        }
    }

    @Test
    void anotherImageOfTheSameSizeAndTimeIsAnother() throws Exception {
        Path archive = archive("[\"run\"]");
        FileTime time = Files.getLastModifiedTime(archive);
        PreparedImage first = prepare(new ImageSource.Archive(archive));
        long size = Files.size(archive);
        archive("[\"/bin/run\"]");
        Files.setLastModifiedTime(archive, time);
        assertEquals(size, Files.size(archive));
        PreparedImage second = prepare(new ImageSource.Archive(archive));
        assertEquals(List.of("/bin/run"), second.config().argv());
        assertFalse(first.digest().equals(second.digest()));
    }

    @Test
    void anEngineThatLostTheImageGetsItAgain() throws Exception {
        ImageSource source = new ImageSource.Archive(archive("[\"run\"]"));
        PreparedImage image = prepare(source);
        engine.ids.clear();
        prepare(source);
        assertTrue(engine.has(image.engineReference()));
    }

    @Test
    void aReferenceIsPulledOnceAndThenCached() throws Exception {
        engine.registry.put("web:1", Files.readAllBytes(archive("[\"run\"]")));
        ImageSource source = new ImageSource.Oci("web:1");
        PreparedImage first = prepare(source);
        assertEquals("pull web:1", engine.calls.get(0));
        engine.ids.clear();
        engine.calls.clear();
        assertEquals(first, prepare(source));
        assertFalse(engine.calls.contains("pull web:1"));
    }

    @Test
    void aTagThatMovedIsAnotherImage() throws Exception {
        engine.registry.put("web:1", Files.readAllBytes(archive("[\"run\"]")));
        ImageSource source = new ImageSource.Oci("web:1");
        PreparedImage first = prepare(source);
        engine.registry.put("web:1", Files.readAllBytes(archive("[\"run\", \"-v\"]")));
        engine.pull("web:1");
        PreparedImage second = prepare(source);
        assertFalse(first.digest().equals(second.digest()));
        assertEquals(List.of("run", "-v"), second.config().argv());
    }

    @Test
    void aDockerfileIsBuiltByTheEngine() throws Exception {
        Path context = Files.createDirectory(directory.resolve("context"));
        assertTrue(failure(new ImageSource.Dockerfile(context), ConfigOverrides.none())
                .contains("no file Dockerfile"));
        Files.writeString(context.resolve("Dockerfile"), "FROM scratch");
        Files.copy(archive("[\"run\"]"), context.resolve("built.tar"));
        assertEquals(
                List.of("run"),
                prepare(new ImageSource.Dockerfile(context)).config().argv());
    }

    @Test
    void whatCannotRunIsSaidBeforeAnythingRuns() throws Exception {
        ImageSource source = new ImageSource.Archive(archive("[]"));
        assertTrue(failure(source, ConfigOverrides.none()).contains("as workload.command"));
        assertTrue(failure(source, new ConfigOverrides(List.of("nginx"), List.of(), null, null, null))
                .contains("no such executable in the image: nginx"));
        assertTrue(failure(source, new ConfigOverrides(List.of("run"), List.of(), "www", null, null))
                .contains("no such user in the image: www"));
        assertTrue(failure(source, new ConfigOverrides(List.of("run"), List.of(), null, "/nowhere", null))
                .contains("has no directory /nowhere"));
        assertTrue(failure(new ImageSource.Archive(directory.resolve("none")), ConfigOverrides.none())
                .contains("there is no such file"));
        assertTrue(
                failure(new ImageSource.Oci("none:1"), ConfigOverrides.none()).contains("cannot pull none:1"));
    }

    @Test
    void aHostileImageLeavesNothingBehind() throws Exception {
        Path layer = Files.write(
                directory.resolve("layer"),
                new LayerFile().file("../../../../evil", "x").bytes());
        Path archive = directory.resolve("evil.tar");
        ArchiveWriter.write(archive, "{}".getBytes(UTF_8), List.of(ArchiveWriter.Layer.of(layer)), "evil:1");
        String message = failure(new ImageSource.Archive(archive), ConfigOverrides.none());
        assertTrue(message.contains("the entry ../../../../evil leads out of the image's tree"), message);
        assertNothingHalfMade();
    }

    @Test
    void aFullDiskIsSaidAndLeavesNothingBehind() throws Exception {
        byte[] content = new byte[12 << 20];
        new Random(1).nextBytes(content);
        Path layer = Files.write(
                directory.resolve("layer"),
                new LayerFile()
                        .entry('0', "large", content, header -> header.mode = 0755)
                        .bytes());
        Path archive = directory.resolve("large.tar");
        ArchiveWriter.write(
                archive,
                "{\"config\": {\"Cmd\": [\"/large\"]}}".getBytes(UTF_8),
                List.of(ArchiveWriter.Layer.of(layer)),
                "large:1");
        Files.createDirectory(cache);
        // from room for the archive alone to room for all but the disk
        for (int mebibytes : List.of(4, 16, 28, 45)) {
            run("mount", "-t", "tmpfs", "-o", "size=" + mebibytes + "m", "bench-test", cache.toString());
            try {
                String message = failure(new ImageSource.Archive(archive), ConfigOverrides.none());
                assertTrue(message.contains("is full: free some space"), mebibytes + " MiB: " + message);
                assertNothingHalfMade();
            } finally {
                run("umount", cache.toString());
            }
        }
    }

    @Test
    void leftoversOfTheDeadAreRemovedAndThoseOfTheLivingKept() throws Exception {
        prepare(new ImageSource.Archive(archive("[\"run\"]")));
        Path images = cache.resolve("images");
        Process dead = new ProcessBuilder("true").start();
        dead.waitFor();
        Path deadOne = Files.createDirectories(
                images.resolve(".tmp-" + dead.pid() + "-1-x").resolve("sealed/tree"));
        Files.writeString(deadOne.resolve("file"), "x");
        ProcessHandle self = ProcessHandle.current();
        Path living = Files.createDirectory(images.resolve(".tmp-" + self.pid() + "-"
                + self.info().startInstant().orElseThrow().toEpochMilli() + "-x"));
        assertEquals(1, store.removeLeftovers());
        assertFalse(Files.exists(deadOne));
        assertTrue(Files.exists(living));
        Files.delete(living);
        assertNothingHalfMade();
    }

    @Test
    void aLeftoverWithSomethingMountedIsNotEntered() throws Exception {
        Path victim = Files.createDirectory(directory.resolve("victim"));
        Files.writeString(victim.resolve("file"), "kept");
        Path bound = Files.createDirectories(cache.resolve("images/.tmp-1-1-x/dev"));
        run("mount", "--bind", victim.toString(), bound.toString());
        try {
            assertTrue(String.valueOf(assertThrows(ImageException.class, store::removeLeftovers)
                            .getMessage())
                    .contains("something is mounted there"));
        } finally {
            run("umount", bound.toString());
        }
        assertTrue(Files.exists(victim.resolve("file")));
    }

    @Test
    void aDebianIsBuiltWithPackagesAndFiles() throws Exception {
        Path files = directory.resolve("files");
        Files.createDirectories(files.resolve("bin"));
        Files.writeString(files.resolve("bin/hello"), "#!/bin/sh\necho hello\n");
        assertTrue(files.resolve("bin/hello").toFile().setExecutable(true));
        Files.createDirectories(files.resolve("tmp"));
        Files.writeString(files.resolve("tmp/note"), "x");
        Files.createDirectories(files.resolve("srv/made/here"));
        ImageSource source = new ImageSource.Debian("bookworm", List.of("busybox-static"), files);
        PreparedImage image = prepare(source);
        String manifest = Files.readString(image.manifest());
        assertEquals(List.of("/bin/bash"), image.config().argv());
        assertTrue(manifest.contains("/bin\tlink\t777\t0\t0\tusr/bin\n"));
        assertTrue(manifest.contains("/usr/bin/hello\tfile\t755\t0\t0\t"));
        assertTrue(manifest.contains("/tmp\tdirectory\t1777\t0\t0\n"));
        assertTrue(manifest.contains("/srv/made/here\tdirectory\t755\t0\t0\n"));
        assertTrue(Files.exists(image.tree().resolve("usr/bin/busybox")));
        assertTrue(run("chroot", image.tree().toString(), "/bin/hello").contains("hello"));
        assertNothingHalfMade();

        progress.clear();
        assertEquals(image, prepare(source));
        assertEquals(List.of(), progress);

        Files.writeString(files.resolve("tmp/note"), "changed");
        PreparedImage changed = prepare(source);
        assertFalse(image.digest().equals(changed.digest()));
        assertEquals(
                "/tmp/note differs: size 1 in the first, 7 in the second",
                TreeManifest.firstDifference(manifest, Files.readString(changed.manifest())));
    }

    @Test
    void aTreeOf190MebibytesBecomesADiskOnce() throws Exception {
        Random random = new Random(1);
        LayerFile content = new LayerFile();
        for (int i = 0; i < 9000; i++) {
            if (i % 20 == 0) {
                content.directory("d" + i / 20, 0755);
            }
            byte[] bytes = new byte[random.nextInt(2 * 190 * 1024 * 1024 / 9000)];
            random.nextBytes(bytes);
            content.entry('0', "d" + i / 20 + "/f" + i, bytes, header -> header.mode = 0755);
        }
        Path layer = Files.write(directory.resolve("layer"), content.bytes());
        Path archive = directory.resolve("large.tar");
        ArchiveWriter.write(
                archive,
                "{\"config\": {\"Cmd\": [\"/d0/f0\"]}}".getBytes(UTF_8),
                List.of(ArchiveWriter.Layer.of(layer)),
                "large:1");
        engine.load(archive); // an engine's own time to take an image in is not ours
        PreparedImage first = prepare(new ImageSource.Archive(archive));
        assertTrue(Files.size(first.disk()) >= 180L << 20, "a disk of " + Files.size(first.disk()) + " bytes");

        progress.clear();
        assertEquals(first, prepare(new ImageSource.Archive(archive)));
        assertEquals(List.of(), progress);
    }

    @Test
    void aMissingPackageOrSuiteIsNamed() {
        String message = failure(
                new ImageSource.Debian("bookworm", List.of("no-such-package-anywhere"), null), ConfigOverrides.none());
        assertTrue(message.contains("no-such-package-anywhere"), message);
        assertTrue(failure(new ImageSource.Debian("Book Worm", List.of(), null), ConfigOverrides.none())
                .contains("'Book Worm' is no name of a Debian suite"));
        String suite = failure(new ImageSource.Debian("nosuchsuite", List.of(), null), ConfigOverrides.none());
        assertTrue(suite.contains("nosuchsuite"), suite);
    }

    private void assertNothingHalfMade() throws IOException {
        try (var images = Files.list(cache.resolve("images"))) {
            assertEquals(
                    List.of(),
                    images.filter(image -> image.getFileName().toString().startsWith(".tmp-"))
                            .toList());
        }
    }
}
