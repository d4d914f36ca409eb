package dev.bench.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.bench.host.Sha256;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.apache.commons.compress.compressors.CompressorException;
import org.apache.commons.compress.compressors.CompressorStreamFactory;

/**
 * Says how an archive of an image is made, right but for what is put in on purpose.
 *
 * @param form which of the forms that engines write
 * @param hostile entries put into the layers
 * @param place where they are put in
 * @param compression of the layers, empty for none
 * @param outerCompression of the whole, empty for none
 * @param config changes of the image's configuration
 * @param manifest changes of what names its parts
 * @param layer changes of a layer's bytes before it is compressed
 * @param stored changes of a layer's bytes as stored
 * @param whole changes of the archive's bytes
 * @param beside entries put into the archive itself
 */
record ArchiveSpec(
        Form form,
        List<TarForge.Entry> hostile,
        int place,
        String compression,
        String outerCompression,
        List<Edit> config,
        List<Edit> manifest,
        List<Edit> layer,
        List<Edit> stored,
        List<Edit> whole,
        List<TarForge.Entry> beside) {
    private static final String CONFIG = """
            {"architecture": "%s", "os": "linux", "config": {"Entrypoint": ["/bin/sh"], "Cmd": ["-c", "true"],
            "Env": ["PATH=/bin", "A=b"], "User": "root", "WorkingDir": "/etc", "Volumes": {"/data": {}},
            "ExposedPorts": {"80/tcp": {}}, "StopSignal": "SIGTERM"}, "rootfs": {"type": "layers", "diff_ids": []}}
            """;

    /** Names the forms. */
    enum Form {
        DOCKER_SAVE,
        LAYOUT,
        LAYOUT_DIRECTORY
    }

    /** Returns an archive of a form with nothing wrong in it. */
    static ArchiveSpec sound(Form form) {
        return new ArchiveSpec(
                form, List.of(), 0, "", "", List.of(), List.of(), List.of(), List.of(), List.of(), List.of());
    }

    static Arbitrary<ArchiveSpec> any() {
        Arbitrary<String> compression = Arbitraries.of(
                "",
                "",
                "",
                CompressorStreamFactory.GZIP,
                CompressorStreamFactory.ZSTANDARD,
                CompressorStreamFactory.XZ);
        Arbitrary<Integer> part = Arbitraries.integers().between(0, 10);
        // Faults are put into one part or two, since the first one that is met hides all others.
        return Combinators.combine(
                        Combinators.combine(
                                        Arbitraries.of(Form.class),
                                        TarForge.hostile().list().ofMinSize(1).ofMaxSize(5),
                                        Arbitraries.integers().between(0, 100),
                                        part,
                                        part)
                                .as(Start::new),
                        compression,
                        compression,
                        Edit.ofText(Words.IMAGE, 1, 3),
                        Edit.ofText(Words.IMAGE, 1, 3),
                        Edit.ofBytes(2),
                        Edit.ofBytes(2),
                        Edit.ofBytes(2))
                .as((start, inner, outer, config, manifest, layer, stored, whole) -> new ArchiveSpec(
                        start.form(),
                        start.has(0, 1, 2, 3) ? start.hostile() : List.of(),
                        start.place(),
                        inner,
                        start.form() == Form.LAYOUT_DIRECTORY ? "" : outer,
                        start.has(4, 5) ? config : List.of(),
                        start.has(6) ? manifest : List.of(),
                        start.has(7) ? layer : List.of(),
                        start.has(8) ? stored : List.of(),
                        start.has(9) ? whole : List.of(),
                        start.has(10) ? start.hostile() : List.of()));
    }

    /** Holds the first half of the choices, since no more than eight go together. */
    private record Start(Form form, List<TarForge.Entry> hostile, int place, int first, int second) {
        boolean has(int... parts) {
            for (int part : parts) {
                if (part == first || part == second) {
                    return true;
                }
            }
            return false;
        }
    }

    /** Writes the archive, or where that is its form a directory. */
    void write(Path file, Path outside) throws IOException {
        List<TarForge.Entry> first = new ArrayList<>(TarForge.sound());
        List<TarForge.Entry> second = new ArrayList<>();
        for (int i = 0; i < hostile.size(); i++) {
            List<TarForge.Entry> layerEntries = (place + i) % 3 == 0 ? first : second;
            layerEntries.add((place + i) % (layerEntries.size() + 1), hostile.get(i));
        }
        List<byte[]> layers = List.of(
                stored(TarForge.write(first, outside.toString())), stored(TarForge.write(second, outside.toString())));
        byte[] description = Edit.apply(CONFIG.formatted(architecture()).getBytes(ISO_8859_1), config);
        Map<String, byte[]> members =
                form == Form.DOCKER_SAVE ? save(description, layers) : layout(description, layers);
        if (form == Form.LAYOUT_DIRECTORY) {
            Files.delete(file);
            for (Map.Entry<String, byte[]> member : members.entrySet()) {
                Path path = file.resolve(member.getKey());
                Files.createDirectories(path.getParent());
                Files.write(path, member.getValue());
            }
            return;
        }
        List<TarForge.Entry> entries = new ArrayList<>();
        members.forEach((name, content) ->
                entries.add(TarForge.Entry.of('0', name, "", new String(content, ISO_8859_1), Map.of())));
        for (int i = 0; i < beside.size(); i++) {
            entries.add((place + i) % (entries.size() + 1), beside.get(i));
        }
        byte[] archive = TarForge.write(entries, outside.toString());
        Files.write(file, Edit.apply(compressed(archive, outerCompression), whole));
    }

    private byte[] stored(byte[] tar) {
        return Edit.apply(compressed(Edit.apply(tar, layer), compression), stored);
    }

    private Map<String, byte[]> save(byte[] description, List<byte[]> layers) {
        Map<String, byte[]> members = new LinkedHashMap<>();
        members.put("config.json", description);
        members.put("layer-0.tar", layers.get(0));
        members.put("layer-1.tar", layers.get(1));
        members.put(
                "manifest.json",
                Edit.apply(
                        "[{\"Config\": \"config.json\", \"RepoTags\": [\"a:b\"], \"Layers\": [\"layer-0.tar\", \"layer-1.tar\"]}]"
                                .getBytes(ISO_8859_1),
                        manifest));
        return members;
    }

    private Map<String, byte[]> layout(byte[] description, List<byte[]> layers) {
        Map<String, byte[]> members = new LinkedHashMap<>();
        String configured = blob(members, "config.v1+json", description);
        String lower = blob(members, "layer.v1.tar", layers.get(0));
        String upper = blob(members, "layer.v1.tar", layers.get(1));
        byte[] parts = "{\"schemaVersion\": 2, \"config\": %s, \"layers\": [%s, %s]}"
                .formatted(configured, lower, upper)
                .getBytes(ISO_8859_1);
        boolean inIndex = place % 2 == 0;
        String described = blob(members, "manifest.v1+json", inIndex ? parts : Edit.apply(parts, manifest));
        byte[] index = "{\"schemaVersion\": 2, \"manifests\": [%s]}"
                .formatted(described)
                .getBytes(ISO_8859_1);
        members.put("index.json", inIndex ? Edit.apply(index, manifest) : index);
        members.put("oci-layout", "{\"imageLayoutVersion\": \"1.0.0\"}".getBytes(ISO_8859_1));
        return members;
    }

    private static String blob(Map<String, byte[]> members, String type, byte[] content) {
        String digest = Sha256.of(content);
        members.put("blobs/sha256/" + digest, content);
        return "{\"mediaType\": \"application/vnd.oci.image.%s\", \"digest\": \"sha256:%s\", \"size\": %d}"
                .formatted(type, digest, content.length);
    }

    private static byte[] compressed(byte[] content, String name) {
        if (name.isEmpty()) {
            return content;
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (OutputStream compressor = new CompressorStreamFactory().createCompressorOutputStream(name, out)) {
            compressor.write(content);
        } catch (CompressorException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static String architecture() {
        String name = System.getProperty("os.arch");
        return name.equals("aarch64") ? "arm64" : name;
    }
}
