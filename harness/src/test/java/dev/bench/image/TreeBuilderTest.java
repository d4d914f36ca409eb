package dev.bench.image;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Needs root, as building images does. */
class TreeBuilderTest {
    @TempDir
    Path directory;

    private Path tree;

    @BeforeEach
    void makeTree() throws IOException {
        tree = Files.createDirectory(directory.resolve("tree"));
    }

    private void apply(LayerFile... layers) throws IOException {
        try (TreeBuilder builder = new TreeBuilder(PosixFiles.byteString(tree), new UnpackingLimit(0))) {
            for (LayerFile layer : layers) {
                builder.apply(layer.stream());
            }
            builder.finish();
        }
    }

    private PosixFiles.Status status(String path) throws IOException {
        return PosixFiles.status(PosixFiles.byteString(tree) + "/" + path);
    }

    private boolean exists(String path) throws IOException {
        return PosixFiles.statusOrNull(PosixFiles.byteString(tree) + "/" + path) != null;
    }

    private String content(String path) throws IOException {
        return Files.readString(tree.resolve(path));
    }

    @Test
    void aWhiteoutHidesWhatALowerLayerHas() throws IOException {
        apply(
                new LayerFile()
                        .directory("d", 0755)
                        .file("d/gone", "1")
                        .file("d/kept", "2")
                        .directory("whole", 0755)
                        .file("whole/x", "3"),
                new LayerFile().file("d/.wh.gone", "").file(".wh.whole", ""));
        assertFalse(exists("d/gone"));
        assertFalse(exists("d/.wh.gone"));
        assertFalse(exists("whole"));
        assertEquals("2", content("d/kept"));
    }

    @Test
    void aWhiteoutLeavesWhatItsOwnLayerHas() throws IOException {
        apply(
                new LayerFile().file("f", "lower"),
                new LayerFile().file("f", "upper").file(".wh.f", ""));
        assertEquals("upper", content("f"));
    }

    @Test
    void anOpaqueDirectoryKeepsOnlyItsOwnLayersContent() throws IOException {
        apply(
                new LayerFile()
                        .directory("d", 0700)
                        .file("d/low", "1")
                        .directory("d/sub", 0755)
                        .file("d/sub/low", "1"),
                new LayerFile()
                        .directory("d", 0750)
                        .directory("d/sub", 0755)
                        .file("d/sub/high", "2")
                        .file("d/.wh..wh..opq", ""));
        assertFalse(exists("d/low"));
        assertFalse(exists("d/sub/low"));
        assertEquals("2", content("d/sub/high"));
        assertEquals(0750, status("d").permissions());
    }

    @Test
    void aHardLinkMayPointIntoALowerLayer() throws IOException {
        apply(
                new LayerFile().file("a", "same"),
                new LayerFile().hardLink("b", "a").hardLink("c", "./b"));
        assertEquals(
                Files.getAttribute(tree.resolve("a"), "unix:ino"), Files.getAttribute(tree.resolve("b"), "unix:ino"));
        assertEquals(3, Files.getAttribute(tree.resolve("c"), "unix:nlink"));
    }

    @Test
    void replacingOneNameOfAHardLinkLeavesTheOther() throws IOException {
        apply(new LayerFile().file("a", "old").hardLink("b", "a"), new LayerFile().file("a", "new"));
        assertEquals("new", content("a"));
        assertEquals("old", content("b"));
    }

    @Test
    void filesAndDirectoriesReplaceEachOther() throws IOException {
        apply(
                new LayerFile()
                        .file("f", "1")
                        .directory("d", 0755)
                        .file("d/x", "1")
                        .symbolicLink("l", "d"),
                new LayerFile()
                        .directory("f", 0755)
                        .file("f/y", "2")
                        .file("d", "2")
                        .directory("l", 0755));
        assertEquals("2", content("f/y"));
        assertEquals("2", content("d"));
        assertTrue(status("l").isDirectory());
    }

    @Test
    void ownersModesAndTimesAreKept() throws IOException {
        apply(new LayerFile().directory("t", 01777).file("t/su", "x", header -> {
            header.mode = 06755;
            header.uid = 1234;
            header.gid = 4321;
        }));
        assertEquals(01777, status("t").permissions());
        assertEquals(06755, status("t/su").permissions());
        assertEquals(1234, status("t/su").uid());
        assertEquals(4321, status("t/su").gid());
        assertEquals(
                1_600_000_000_000L,
                Files.getLastModifiedTime(tree.resolve("t/su")).toMillis());
        assertEquals(
                1_600_000_000_000L, Files.getLastModifiedTime(tree.resolve("t")).toMillis());
    }

    @Test
    void aBinaryExtendedAttributeSurvivesAnOwner() throws IOException {
        String capability = "\u0001\0\0\u0002\u0080\u0020\0\0\0\0\0\0\0\0\0\0\0\0\0\0";
        apply(new LayerFile().file("ping", "x", header -> {
            header.uid = 7;
            header.pax.put("SCHILY.xattr.security.capability", capability);
        }));
        assertArrayEquals(
                capability.getBytes(ISO_8859_1),
                PosixFiles.attribute(PosixFiles.byteString(tree) + "/ping", "security.capability"));
    }

    @Test
    void deviceNodesAndFifosAreMade() throws IOException {
        apply(new LayerFile()
                .entry('3', "null", new byte[0], header -> {
                    header.major = 1;
                    header.minor = 3;
                })
                .entry('4', "disk", new byte[0], header -> {
                    header.major = 259;
                    header.minor = 70000;
                })
                .entry('6', "pipe", new byte[0], header -> {}));
        assertEquals(PosixFiles.CHARACTER_DEVICE, status("null").type());
        assertEquals(3, status("null").deviceMinor());
        assertEquals(259, status("disk").deviceMajor());
        assertEquals(70000, status("disk").deviceMinor());
        assertEquals(PosixFiles.FIFO, status("pipe").type());
        assertEquals(0644, status("pipe").permissions());
    }

    @Test
    void namesAreKeptByteForByte() throws IOException {
        String odd = "\u00ff\u00fe\n \\";
        String longName = "n".repeat(200) + "/" + "m".repeat(200);
        apply(new LayerFile().file(odd, "odd").file("short", "long", header -> header.pax.put("path", longName)));
        assertTrue(exists(odd));
        assertTrue(exists(longName));
        assertFalse(exists("short"));
    }

    @Test
    void aSparseFileGetsItsHoles() throws IOException {
        byte[] stored = new byte[512 + 3];
        byte[] map = "2\n5\n3\n20\n0\n".getBytes(ISO_8859_1);
        System.arraycopy(map, 0, stored, 0, map.length);
        System.arraycopy(new byte[] {'a', 'b', 'c'}, 0, stored, 512, 3);
        apply(new LayerFile().entry('0', "GNUSparseFile.0/s", stored, header -> {
            header.pax.put("GNU.sparse.major", "1");
            header.pax.put("GNU.sparse.minor", "0");
            header.pax.put("GNU.sparse.name", "s");
            header.pax.put("GNU.sparse.realsize", "20");
        }));
        assertEquals("\0\0\0\0\0abc" + "\0".repeat(12), content("s"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"../out", "a/../../out", "./../out", "/../out"})
    void aNameThatClimbsIsRefused(String name) {
        TreeBuilder.RefusedEntryException refusal = assertThrows(
                TreeBuilder.RefusedEntryException.class, () -> apply(new LayerFile().file(name, "escaped")));
        assertTrue(String.valueOf(refusal.getMessage()).contains(name), refusal.getMessage());
        assertFalse(Files.exists(directory.resolve("out")));
    }

    @Test
    void anAbsoluteNameIsTakenWithinTheTree() throws IOException {
        apply(new LayerFile().file("/etc/inside", "x"));
        assertEquals("x", content("etc/inside"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ABSOLUTE", "../outside", "sub/../../../outside", "loop2"})
    void aParentThatLeadsOutIsRefused(String target) throws IOException {
        Path outside = Files.createDirectory(directory.resolve("outside"));
        String resolved = target.equals("ABSOLUTE") ? outside.toString() : target;
        assertThrows(
                TreeBuilder.RefusedEntryException.class,
                () -> apply(
                        new LayerFile()
                                .directory("sub", 0755)
                                .symbolicLink("evil", resolved)
                                .symbolicLink("loop2", "evil"),
                        new LayerFile().file("evil/file", "escaped")));
        try (var files = Files.list(outside)) {
            assertEquals(List.of(), files.toList());
        }
    }

    @Test
    void aParentThatIsALinkOfItsOwnLayerIsFollowed() throws IOException {
        apply(new LayerFile()
                .directory("usr", 0755)
                .directory("usr/bin", 0755)
                .symbolicLink("bin", "usr/../usr/bin")
                .file("bin/tool", "x"));
        assertEquals("x", content("usr/bin/tool"));
        assertTrue(status("bin").isSymbolicLink());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/run", "../run", "/usr/../run", "/srv/../other", "//run/./"})
    void aLayersOwnLinkIsFollowedWithinTheTree(String target) throws IOException {
        apply(
                new LayerFile().directory("run", 0755).file("run/gone", "x"),
                new LayerFile()
                        .directory("run", 0755)
                        .directory("var", 0755)
                        .directory("srv", 0755)
                        .directory("usr", 0755)
                        .symbolicLink("other", "/run")
                        .symbolicLink("var/run", target)
                        .file("var/run/app/pid", "1")
                        .hardLink("var/run/same", "var/run/app/pid")
                        .file("var/run/.wh.gone", "")
                        .file("usr/../var/run/climbed", "x"));
        assertEquals("1", content("run/app/pid"));
        assertEquals("1", content("run/same"));
        assertEquals("x", content("run/climbed"));
        assertFalse(exists("run/gone"));
        assertTrue(status("var/run").isSymbolicLink());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/run", "../run", "/usr/../run"})
    void aLinkOfALowerLayerGivesWayToTheDirectoryThatALayerImplies(String target) throws IOException {
        apply(
                new LayerFile()
                        .directory("run", 0755)
                        .directory("usr", 0755)
                        .directory("var", 0755)
                        .symbolicLink("var/run", target)
                        .file("run/below", "x"),
                new LayerFile().file("var/run/app/pid", "1").hardLink("same", "var/run/app/pid"));
        assertTrue(status("var/run").isDirectory());
        assertEquals(List.of("app"), PosixFiles.list(PosixFiles.byteString(tree) + "/var/run"));
        assertEquals("1", content("same"));
        assertEquals("x", content("run/below"));
        assertFalse(exists("run/app"));
    }

    @Test
    void aDirectoryThatALayerImpliesLosesTheAttributesOfLowerLayers() throws IOException {
        apply(
                new LayerFile()
                        .directory("implied", 01777)
                        .directory("stated", 01777)
                        .file("implied/below", "x"),
                new LayerFile()
                        .file("implied/file", "1")
                        .file("stated/file", "1")
                        .directory("stated", 0700));
        assertEquals(0755, status("implied").permissions());
        assertEquals(0700, status("stated").permissions());
        assertEquals("x", content("implied/below"));
    }

    @Test
    void aHardLinkIsFollowedThroughALowerLayersLinkAndLeavesIt() throws IOException {
        apply(
                new LayerFile().directory("run", 0755).file("run/pid", "1").symbolicLink("link", "run"),
                new LayerFile().hardLink("same", "link/pid"));
        assertEquals("1", content("same"));
        assertTrue(status("link").isSymbolicLink());
    }

    @Test
    void linksInACircleAreRefused() {
        TreeBuilder.RefusedEntryException refusal = assertThrows(
                TreeBuilder.RefusedEntryException.class,
                () -> apply(new LayerFile()
                        .symbolicLink("a", "/b")
                        .symbolicLink("b", "a")
                        .file("a/file", "x")));
        assertTrue(String.valueOf(refusal.getMessage()).contains("more symbolic links"), refusal.getMessage());
    }

    @Test
    void enginesMakeDirectoriesWhereLinksLead() throws IOException {
        try (TreeBuilder builder = new TreeBuilder(PosixFiles.byteString(tree), new UnpackingLimit(0))) {
            builder.apply(new LayerFile()
                            .directory("etc", 0755)
                            .directory("var", 0755)
                            .symbolicLink("var/run", "/run")
                            .symbolicLink("data", "../../mnt/data")
                            .symbolicLink("circle", "circle")
                            .file("file", "x")
                            .stream());
            builder.addMissingDirectories(
                    List.of("/var/run/app", "/data", "/data/../srv/x", "/circle/x", "/file/x", "/file"));
        }
        assertTrue(status("run/app").isDirectory());
        assertTrue(status("mnt/data").isDirectory());
        assertTrue(status("mnt/srv/x").isDirectory());
        assertEquals("x", content("file"));
    }

    @Test
    void aLinkIsReplacedAndNeverWrittenThrough() throws IOException {
        Path outside = Files.writeString(directory.resolve("victim"), "untouched");
        apply(new LayerFile().symbolicLink("f", outside.toString()), new LayerFile().file("f", "new"));
        assertEquals("untouched", Files.readString(outside));
        assertEquals("new", content("f"));
    }

    @Test
    void aHardLinkOutOfTheTreeIsRefused() throws IOException {
        Path outside = Files.writeString(directory.resolve("victim"), "secret");
        for (String target : List.of("../victim", "missing", "through/victim")) {
            assertThrows(
                    TreeBuilder.RefusedEntryException.class,
                    () -> apply(new LayerFile()
                            .symbolicLink("through", directory.toString())
                            .hardLink("stolen", target)));
        }
        assertEquals(1, Files.getAttribute(outside, "unix:nlink"));
    }

    @Test
    void aWhiteoutCannotReachOutside() throws IOException {
        Path victim = Files.writeString(directory.resolve("victim"), "kept");
        assertThrows(
                TreeBuilder.RefusedEntryException.class,
                () -> apply(
                        new LayerFile().symbolicLink("up", directory.toString()).file("up/.wh.victim", "")));
        assertThrows(TreeBuilder.RefusedEntryException.class, () -> apply(new LayerFile().file("d/.wh...", "")));
        assertTrue(Files.exists(victim));
    }

    @Test
    void aHiddenLinkToADirectoryLosesOnlyTheLink() throws IOException {
        Path victim = Files.createDirectory(directory.resolve("victim"));
        Files.writeString(victim.resolve("file"), "kept");
        apply(new LayerFile().symbolicLink("l", victim.toString()), new LayerFile().file(".wh.l", ""));
        assertFalse(exists("l"));
        assertTrue(Files.exists(victim.resolve("file")));
    }

    @Test
    void aTruncatedLayerIsAnError() {
        byte[] whole = new LayerFile().file("f", "x".repeat(2000)).bytes();
        byte[] cut = java.util.Arrays.copyOf(whole, 1000);
        assertThrows(IOException.class, () -> {
            try (TreeBuilder builder = new TreeBuilder(PosixFiles.byteString(tree), new UnpackingLimit(0))) {
                builder.apply(new java.io.ByteArrayInputStream(cut));
            }
        });
    }

    @Test
    void aNameLongerThanPathsMayBeIsRefusedBeforeAnythingIsMade() throws IOException {
        LayerFile layer =
                new LayerFile().entry('0', "x", new byte[0], header -> header.pax.put("path", "d/".repeat(2500) + "x"));

        IOException refused = assertThrows(TreeBuilder.RefusedEntryException.class, () -> apply(layer));

        assertTrue(refused.getMessage().endsWith("of 5001 bytes, and at most 2048 are taken"), refused.getMessage());
        assertFalse(exists("d"));
    }

    @Test
    void aNegativeSizeIsRefused() {
        LayerFile layer = new LayerFile().entry('0', "x", new byte[0], header -> header.pax.put("size", "-512"));

        IOException refused = assertThrows(IOException.class, () -> apply(layer));

        assertEquals("the archive has a damaged header: the entry x has -512 bytes", refused.getMessage());
    }

    @ParameterizedTest
    @ValueSource(chars = {'x', 'g', 'L', 'K'})
    void aHeaderOfNegativeSizeIsRefused(char type) {
        byte[] layer =
                new LayerFile().entry(type, "x", new byte[0], header -> {}).bytes();
        Arrays.fill(layer, 124, 136, (byte) 0xff);
        int sum = 8 * ' ';
        for (int i = 0; i < 512; i++) {
            sum += i >= 148 && i < 156 ? 0 : layer[i] & 0xff;
        }
        byte[] checksum = "%06o\0 ".formatted(sum).getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(checksum, 0, layer, 148, checksum.length);

        IOException refused =
                assertThrows(IOException.class, () -> new TarReader(new ByteArrayInputStream(layer)).next());

        assertEquals("the archive has a header of -1 bytes", refused.getMessage());
    }

    private static void sparse(LayerFile.Header header, long size) {
        header.pax.put("GNU.sparse.map", "0,1");
        header.pax.put("GNU.sparse.size", Long.toString(size));
    }

    @Test
    void holesAndHardLinksCountAsTheyAreRead() throws IOException {
        long most = 1L << 30;
        apply(new LayerFile().entry('0', "s", new byte[] {1}, header -> sparse(header, most)));
        assertEquals(most, status("s").size());
        for (long size : new long[] {most + 1, 1L << 50, Long.MAX_VALUE}) {
            assertThrows(
                    UnpackingLimit.ExceededException.class,
                    () -> apply(new LayerFile().entry('0', "t", new byte[] {1}, header -> sparse(header, size))));
        }
        assertThrows(
                UnpackingLimit.ExceededException.class,
                () -> apply(new LayerFile()
                        .entry('0', "u", new byte[] {1}, header -> sparse(header, most / 3))
                        .hardLink("v", "u")
                        .hardLink("w", "u")
                        .hardLink("x", "u")));
        assertTrue(exists("w"));
        assertFalse(exists("x"));
    }

    private String refused(LayerFile layer) {
        return String.valueOf(
                assertThrows(IOException.class, () -> apply(layer)).getMessage());
    }

    @Test
    void headersThatFillTheMemoryAreRefused() {
        LayerFile many = new LayerFile();
        for (int i = 0; i < 3; i++) {
            many.entry(
                    'x', "pax", ("400007 a" + i + "=" + "x".repeat(399_996) + "\n").getBytes(ISO_8859_1), header -> {});
        }
        assertTrue(refused(many).contains("for one entry"), refused(many));
        LayerFile globals = new LayerFile();
        for (int i = 100; i < 400; i++) {
            globals.entry('g', "pax", ("11 k" + i + "=xy\n").getBytes(ISO_8859_1), header -> {});
        }
        assertEquals("the archive has more than 256 global PAX records", refused(globals));
    }

    @ParameterizedTest
    @CsvSource({
        "99999999999;, more than 131072 parts",
        "-1;, the map of a sparse file is damaged",
        "1111111111111111111111111, the map of a sparse file is damaged"
    })
    void aMapThatFillsTheMemoryIsRefused(String map, String reason) {
        byte[] stored = new byte[512];
        byte[] start = map.replace(';', '\n').getBytes(ISO_8859_1);
        System.arraycopy(start, 0, stored, 0, start.length);
        String refusal = refused(new LayerFile().entry('0', "s", stored, header -> {
            header.pax.put("GNU.sparse.major", "1");
            header.pax.put("GNU.sparse.realsize", "20");
        }));
        assertTrue(refusal.contains(reason), refusal);
    }

    @Test
    void attributesOfOtherSystemsAreLeftOut() throws IOException {
        apply(new LayerFile()
                .file("f", "x", header -> header.pax.put("SCHILY.xattr.com.apple.provenance", "\1"))
                .entry('2', "l", new byte[0], header -> {
                    header.linkName = "f";
                    header.pax.put("SCHILY.xattr.user.origin", "x");
                }));
        assertEquals(List.of(), PosixFiles.attributeNames(PosixFiles.byteString(tree) + "/f"));
        assertEquals(List.of(), PosixFiles.attributeNames(PosixFiles.byteString(tree) + "/l"));
    }

    @Test
    void whatNoSystemTakesIsRefusedByItsName() {
        IOException longName = assertThrows(
                IOException.class,
                () -> apply(new LayerFile()
                        .entry('0', "x", new byte[0], header -> header.pax.put("path", "n".repeat(256)))));
        assertTrue(String.valueOf(longName.getMessage()).contains("has a name of 256 bytes"));
        IOException noTarget = assertThrows(IOException.class, () -> apply(new LayerFile().symbolicLink("s", "")));
        assertEquals("the entry s is a symbolic link to nothing", noTarget.getMessage());
    }
}
