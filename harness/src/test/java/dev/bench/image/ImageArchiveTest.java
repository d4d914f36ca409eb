package dev.bench.image;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bench.host.Sha256;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.zip.CRC32;
import org.apache.commons.compress.compressors.CompressorException;
import org.apache.commons.compress.compressors.CompressorStreamFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageArchiveTest {
    private static final byte[] CONFIG = "{\"config\": {\"Cmd\": [\"/x\"]}}".getBytes(UTF_8);
    private static final byte[] LAYER = new LayerFile().file("x", "content").bytes();

    @TempDir
    Path directory;

    private Path scratch;

    @BeforeEach
    void makeScratch() throws IOException {
        scratch = Files.createDirectory(directory.resolve("scratch"));
    }

    private static byte[] compressed(String kind, byte[] content) throws IOException, CompressorException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = new CompressorStreamFactory().createCompressorOutputStream(kind, bytes)) {
            out.write(content);
        }
        return bytes.toByteArray();
    }

    private static String digest(byte[] content) {
        return Sha256.of(content);
    }

    private static String blob(byte[] content) {
        return "blobs/sha256/" + digest(content);
    }

    private static String descriptor(byte[] content) {
        return "{\"digest\": \"sha256:" + digest(content) + "\", \"size\": " + content.length + "}";
    }

    private static LayerFile add(LayerFile archive, String name, byte[] content) {
        return archive.entry('0', name, content, header -> {});
    }

    /** An OCI layout with an index in its index, as engines write it for several platforms. */
    private static byte[] layout(byte[] layer) {
        byte[] manifest =
                ("{\"config\": " + descriptor(CONFIG) + ", \"layers\": [" + descriptor(layer) + "]}").getBytes(UTF_8);
        String here = System.getProperty("os.arch").equals("aarch64") ? "arm64" : System.getProperty("os.arch");
        byte[] inner = ("{\"manifests\": [{\"digest\": \"sha256:" + digest(manifest)
                        + "\", \"platform\": {\"os\": \"linux\", \"architecture\": \"" + here + "\"}},"
                        + "{\"digest\": \"sha256:00\", \"platform\": {\"os\": \"linux\", \"architecture\": \"s390x\"}}]}")
                .getBytes(UTF_8);
        byte[] index = ("{\"manifests\": [" + descriptor(inner) + "]}").getBytes(UTF_8);
        LayerFile archive = new LayerFile();
        add(archive, "index.json", index);
        for (byte[] content : List.of(inner, manifest, CONFIG, layer)) {
            add(archive, blob(content), content);
        }
        return archive.bytes();
    }

    private void assertIsTheImage(Path file) throws IOException {
        try (ImageArchive image = ImageArchive.open(file, scratch)) {
            assertArrayEquals(CONFIG, image.config());
            assertEquals(digest(CONFIG), image.configDigest());
            assertEquals(1, image.layerCount());
            try (InputStream layer = image.layer(0)) {
                assertArrayEquals(LAYER, layer.readAllBytes());
            }
            ArchiveWriter.Layer plain = image.layers(scratch).get(0);
            assertEquals(LAYER.length, plain.size());
            try (InputStream layer = plain.content().open()) {
                assertArrayEquals(LAYER, layer.readAllBytes());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gz", "zstd", "xz", "bzip2"})
    void layersAndArchivesMayBeCompressed(String kind) throws IOException, CompressorException {
        assertIsTheImage(Files.write(directory.resolve("a"), compressed(kind, layout(compressed(kind, LAYER)))));
    }

    @Test
    void aPlainLayoutIsRead() throws IOException {
        assertIsTheImage(Files.write(directory.resolve("a"), layout(LAYER)));
    }

    @Test
    void aLayoutMayBeADirectory() throws IOException {
        Path layout = Files.createDirectory(directory.resolve("layout"));
        try (TreeBuilder builder = new TreeBuilder(PosixFiles.byteString(layout), new UnpackingLimit(0))) {
            builder.apply(new java.io.ByteArrayInputStream(layout(LAYER)));
        }
        assertIsTheImage(layout);

        Files.move(layout.resolve("blobs"), directory.resolve("shared"));
        Files.createSymbolicLink(layout.resolve("blobs"), Path.of("../shared"));
        assertIsTheImage(Files.createSymbolicLink(directory.resolve("latest"), layout));
    }

    @Test
    void whatIsWrittenIsReadBack() throws IOException {
        Path layer = Files.write(directory.resolve("layer"), LAYER);
        Path archive = directory.resolve("a");
        ArchiveWriter.write(archive, CONFIG, List.of(ArchiveWriter.Layer.of(layer)), "bench-image:1");
        assertIsTheImage(archive);
    }

    @Test
    void anOldEnginesLinkedLayersAreFound() throws IOException {
        LayerFile archive = new LayerFile();
        add(archive, "c.json", CONFIG);
        add(archive, "one/layer.tar", LAYER);
        archive.symbolicLink("two/layer.tar", "../one/layer.tar");
        add(archive, "manifest.json", "[{\"Config\": \"c.json\", \"Layers\": [\"two/layer.tar\"]}]".getBytes(UTF_8));
        assertIsTheImage(Files.write(directory.resolve("a"), archive.bytes()));
    }

    @Test
    void oneImageUnderSeveralNamesIsOne() throws IOException {
        byte[] manifest =
                ("{\"config\": " + descriptor(CONFIG) + ", \"layers\": [" + descriptor(LAYER) + "]}").getBytes(UTF_8);
        String named = descriptor(manifest);
        String attestation =
                "{\"digest\": \"sha256:11\", \"platform\": {\"os\": \"unknown\", \"architecture\":" + " \"unknown\"}}";
        LayerFile archive = new LayerFile();
        add(
                archive,
                "index.json",
                ("{\"manifests\": [" + named + "," + attestation + "," + named + "]}").getBytes(UTF_8));
        for (byte[] content : List.of(manifest, CONFIG, LAYER)) {
            add(archive, blob(content), content);
        }
        assertIsTheImage(Files.write(directory.resolve("a"), archive.bytes()));

        LayerFile saved = new LayerFile();
        add(saved, "c.json", CONFIG);
        add(saved, "l.tar", LAYER);
        String entry = "{\"Config\": \"c.json\", \"Layers\": [\"l.tar\"]}";
        add(saved, "manifest.json", ("[" + entry + "," + entry + "]").getBytes(UTF_8));
        assertIsTheImage(Files.write(directory.resolve("b"), saved.bytes()));
    }

    @Test
    void anImageForAnotherMachineIsNamed() throws IOException {
        byte[] index = ("{\"manifests\": [{\"digest\": \"sha256:00\", \"platform\": {\"os\": \"linux\","
                        + " \"architecture\": \"s390x\"}}]}")
                .getBytes(UTF_8);
        assertTrue(refusal(add(new LayerFile(), "index.json", index).bytes())
                .contains("is an image for linux/s390x, and this host"));
    }

    private String refusal(byte[] archive) throws IOException {
        Path file = Files.write(directory.resolve("a"), archive);
        return String.valueOf(assertThrows(IOException.class, () -> ImageArchive.open(file, scratch))
                .getMessage());
    }

    @Test
    void whatIsNoImageIsRefused() throws IOException {
        assertTrue(refusal("just some text, longer than a header".repeat(50).getBytes(UTF_8))
                .contains("it is not a tar archive"));
        assertTrue(refusal(new LayerFile().file("x", "y").bytes()).contains("neither 'docker save' output"));
        assertTrue(refusal(new LayerFile().file("manifest.json", "[]").bytes()).contains("holds 0 images"));
        assertTrue(refusal(new LayerFile()
                        .file("manifest.json", "[{\"Config\": \"c\"}]")
                        .bytes())
                .contains("c is missing"));
    }

    @Test
    void aDamagedPartIsRefused() throws IOException {
        byte[] layout = layout(LAYER);
        String text = new String(layout, java.nio.charset.StandardCharsets.ISO_8859_1);
        int at = text.indexOf("\"Cmd\"");
        layout[at + 1] = 'c';
        assertTrue(refusal(layout).contains("is damaged"));
    }

    /** A stream of zstd that unpacks to so many times 128 KiB, four bytes for each: RFC 8878, 3.1.1.2, blocks of one byte. */
    static byte[] zstdBomb(int blocks) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(new byte[] {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd, 0, 0x38}); // a window of 128 KiB
        for (int i = 1; i <= blocks; i++) {
            int header = 128 << 10 << 3 | 1 << 1 | (i == blocks ? 1 : 0);
            bytes.writeBytes(new byte[] {(byte) header, (byte) (header >> 8), (byte) (header >> 16), 0});
        }
        return bytes.toByteArray();
    }

    private static byte[] saved(byte[] layer, int times) {
        LayerFile saved = new LayerFile();
        add(saved, "c.json", CONFIG);
        add(saved, "l.tar", layer);
        String layers = String.join(",", Collections.nCopies(times, "\"l.tar\""));
        add(saved, "manifest.json", ("[{\"Config\": \"c.json\", \"Layers\": [" + layers + "]}]").getBytes(UTF_8));
        return saved.bytes();
    }

    private String readingRefused(byte[] archive) throws IOException {
        Path file = Files.write(directory.resolve("a"), archive);
        try (ImageArchive image = ImageArchive.open(file, scratch)) {
            return String.valueOf(assertThrows(IOException.class, () -> {
                        for (int i = 0; i < image.layerCount(); i++) {
                            try (InputStream layer = image.layer(i)) {
                                layer.transferTo(OutputStream.nullOutputStream());
                            }
                        }
                    })
                    .getMessage());
        }
    }

    @Test
    void aBombIsRefusedBeforeItFillsTheDisk() throws IOException {
        assertEquals(
                "it unpacks to more than 1.0 GiB, which is over 100 times its own size",
                readingRefused(saved(zstdBomb(50_000), 1)));
    }

    @Test
    void oneLayerListedManyTimesCountsEachTime() throws IOException {
        assertEquals(
                "it unpacks to more than 1.0 GiB, which is over 100 times its own size",
                readingRefused(saved(zstdBomb(500), 900)));
        assertEquals("it has 1001 layers, and at most 1000 are taken", refusal(saved(LAYER, 1001)));
    }

    @Test
    void decompressingTakesNoMoreMemoryThanTheHighestLevelNeeds() throws IOException, CompressorException {
        byte[] layer = compressed("xz", LAYER);
        assertIsTheImage(Files.write(directory.resolve("a"), saved(withDictionary(layer, 28), 1))); // 64 MiB
        String refusal = readingRefused(saved(withDictionary(layer, 30), 1));
        assertEquals("decompressing it takes more memory than the 70 MiB that 'xz -9' needs", refusal);
    }

    @Test
    void aWindowThatNoEngineHasIsRefusedInWords() throws IOException {
        byte[] stream = zstdBomb(1);
        stream[5] = (byte) 0xa0; // a window of 1 GiB
        assertTrue(readingRefused(saved(stream, 1)).contains("a window of more than the 128 MiB"));
    }

    /** Changes what the only block of an xz stream says of its dictionary: The .xz File Format 1.2.1, 3.1 and 5.3.1. */
    private static byte[] withDictionary(byte[] xz, int size) {
        byte[] changed = xz.clone();
        int length = (changed[12] + 1) * 4;
        changed[16] = (byte) size;
        CRC32 sum = new CRC32();
        sum.update(changed, 12, length - 4);
        ByteBuffer.wrap(changed).order(ByteOrder.LITTLE_ENDIAN).putInt(12 + length - 4, (int) sum.getValue());
        return changed;
    }

    @Test
    void whatListsImagesHasToBeAList() throws IOException {
        String single = "{\"Config\": \"c\", \"Layers\": []}";
        assertEquals(
                "its manifest.json is no list of images",
                refusal(new LayerFile().file("manifest.json", single).bytes()));
        assertEquals(
                "its manifest.json is no list of images",
                refusal(new LayerFile()
                        .file("manifest.json", "{\"a\": " + single + "}")
                        .bytes()));
    }

    @Test
    void namesOfPartsAreBytes() throws IOException {
        LayerFile archive = new LayerFile();
        archive.entry('0', "x", new byte[0], header -> header.pax.put("path", "a\0b\u00ff"));
        add(archive, "./c.json", CONFIG);
        add(archive, "/one/../l.tar", LAYER);
        archive.hardLink("m.tar", "./l.tar");
        add(archive, "manifest.json", "[{\"Config\": \"c.json\", \"Layers\": [\"m.tar\"]}]".getBytes(UTF_8));
        assertIsTheImage(Files.write(directory.resolve("a"), archive.bytes()));
    }

    @Test
    void whatBeginsWithAFrameToBeSkippedIsZstd() throws IOException, CompressorException {
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        stream.writeBytes(new byte[] {0x53, 0x2a, 0x4d, 0x18, 2, 0, 0, 0, 9, 9}); // RFC 8878, 3.1.2
        stream.writeBytes(compressed("zstd", LAYER));
        assertIsTheImage(Files.write(directory.resolve("a"), saved(stream.toByteArray(), 1)));
    }

    /** A layout of several images, each with its configuration, what its layers are, and what the index says of it. */
    private static byte[] layoutOf(String[]... images) {
        LayerFile archive = new LayerFile();
        StringBuilder index = new StringBuilder();
        for (String[] image : images) {
            byte[] config = image[0].getBytes(UTF_8);
            byte[] layer = image[1].isEmpty() ? LAYER : image[1].getBytes(UTF_8);
            byte[] manifest = ("{\"config\": " + descriptor(config) + ", \"layers\": [{\"mediaType\": \"" + image[1]
                            + "\", " + descriptor(layer).substring(1) + "]}")
                    .getBytes(UTF_8);
            String platform = image[2].isEmpty() ? "" : ", \"platform\": " + image[2];
            index.append(index.isEmpty() ? "" : ",").append(descriptor(manifest).replaceFirst("}$", platform + "}"));
            for (byte[] content : List.of(config, layer, manifest)) {
                add(archive, blob(content), content);
            }
        }
        add(archive, "index.json", ("{\"manifests\": [" + index + "]}").getBytes(UTF_8));
        return archive.bytes();
    }

    @Test
    void whatIsForAnotherMachineByItsConfigurationAloneIsPassedOver() throws IOException {
        byte[] layout = layoutOf(
                new String[] {"{\"architecture\": \"s390x\", \"os\": \"linux\"}", "", ""},
                new String[] {new String(CONFIG, UTF_8), "", ""});
        assertIsTheImage(Files.write(directory.resolve("a"), layout));
    }

    @Test
    void aSignatureBesideAnImageIsNone() throws IOException {
        byte[] layout = layoutOf(
                new String[] {new String(CONFIG, UTF_8), "", ""},
                new String[] {"{\"config\": {}}", "application/vnd.dev.cosign.simplesigning.v1+json", ""});
        assertIsTheImage(Files.write(directory.resolve("a"), layout));
    }

    @Test
    void ofSeveralVariantsTheOneForEveryProcessorIsTaken() throws IOException {
        String here = System.getProperty("os.arch"); // as the system spells it, which some writers keep
        byte[] layout = layoutOf(
                new String[] {"{\"config\": {}}", "", "{\"architecture\": \"" + here + "\", \"variant\": \"v3\"}"},
                new String[] {new String(CONFIG, UTF_8), "", "{\"architecture\": \"" + here + "\"}"});
        assertIsTheImage(Files.write(directory.resolve("a"), layout));
    }

    @Test
    void anImageForAnotherSystemIsNamed() throws IOException {
        byte[] windows = layoutOf(new String[] {"{}", "", "{\"os\": \"windows\", \"architecture\": \"amd64\"}"});
        assertTrue(refusal(windows).contains("is an image for windows/amd64, and this host is linux/"));
        LayerFile saved = new LayerFile().file("c.json", "{\"os\": \"windows\", \"architecture\": \"amd64\"}");
        saved.file("manifest.json", "[{\"Config\": \"c.json\"}]");
        assertTrue(refusal(saved.bytes()).contains("is an image for windows/amd64, and this host is linux/"));
    }

    @Test
    void aDamagedDescriptionIsSaidWithItsPlace() throws IOException {
        assertEquals(
                "its part manifest.json is damaged, no JSON at line 2, column 1",
                refusal(new LayerFile().file("manifest.json", "[\n!]").bytes()));
        LayerFile list = new LayerFile().file("c.json", "[]").file("manifest.json", "[{\"Config\": \"c.json\"}]");
        assertEquals("its configuration is no JSON object", refusal(list.bytes()));
    }

    @Test
    void whatOtherCommandsWroteIsNamed() throws IOException {
        assertTrue(refusal(new LayerFile().file("repositories", "{}").bytes()).contains("Docker before 1.10"));
        assertTrue(refusal(new LayerFile().file(".dockerenv", "").bytes()).contains("docker export"));
        assertTrue(refusal(new byte[1024]).contains("empty"));
    }
}
