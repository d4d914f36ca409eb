package dev.bench.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.bench.host.Sha256;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/** Is an image in the form of {@code docker save}, entry by entry, so that its layers may be as odd as people's are. */
final class LayeredImage {
    private final List<byte[]> layers = new ArrayList<>();

    /** Is one layer that is being written. */
    static final class Layer {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes);

        Layer directory(String name, int mode) throws IOException {
            return add(new TarArchiveEntry(name + "/"), mode, new byte[0]);
        }

        Layer file(String name, byte[] content) throws IOException {
            return add(new TarArchiveEntry(name), 0755, content);
        }

        Layer link(String name, String target) throws IOException {
            TarArchiveEntry entry = new TarArchiveEntry(name, TarConstants.LF_SYMLINK);
            entry.setLinkName(target);
            return add(entry, 0777, new byte[0]);
        }

        private Layer add(TarArchiveEntry entry, int mode, byte[] content) throws IOException {
            entry.setMode(mode);
            entry.setSize(content.length);
            entry.setModTime(1_000L);
            tar.putArchiveEntry(entry);
            tar.write(content);
            tar.closeArchiveEntry();
            return this;
        }
    }

    /** Returns an image whose first layer has the host's static BusyBox, with links for some of its programs. */
    static LayeredImage ofBusyBox(String... programs) throws IOException {
        Layer layer = new Layer()
                .directory("bin", 0755)
                .file("bin/busybox", Files.readAllBytes(Path.of("/bin/busybox")))
                .directory("etc", 0755)
                .file("etc/passwd", "root:x:0:0:root:/root:/bin/sh\n".getBytes(UTF_8));
        for (String program : programs) {
            layer.link("bin/" + program, "busybox");
        }
        return new LayeredImage().add(layer);
    }

    LayeredImage add(Layer layer) throws IOException {
        layer.tar.close();
        layers.add(layer.bytes.toByteArray());
        return this;
    }

    /** Writes it with a command. */
    void write(Path file, String... command) throws IOException {
        String words = quoted(List.of(command));
        String digests = quoted(
                layers.stream().map(layer -> "sha256:" + Sha256.of(layer)).toList());
        // Some builders refuse an image whose history does not tell of every layer.
        String history = String.join(",", Collections.nCopies(layers.size(), "{\"created_by\":\"test\"}"));
        byte[] config = ("{\"architecture\":\"amd64\",\"os\":\"linux\",\"config\":{\"Env\":[\"PATH=/bin\"],\"Cmd\":["
                        + words + "]},\"history\":[" + history + "],\"rootfs\":{\"type\":\"layers\",\"diff_ids\":["
                        + digests + "]}}")
                .getBytes(UTF_8);
        String name = Sha256.of(config) + ".json";
        Layer archive = new Layer().file(name, config);
        List<String> names = new ArrayList<>();
        for (byte[] layer : layers) {
            names.add(names.size() + ".tar");
            archive.file(names.get(names.size() - 1), layer);
        }
        archive.file(
                "manifest.json",
                ("[{\"Config\":\"" + name + "\",\"RepoTags\":[\"layered:1\"],\"Layers\":[" + quoted(names) + "]}]")
                        .getBytes(UTF_8));
        archive.tar.close();
        Files.write(file, archive.bytes.toByteArray());
    }

    private static String quoted(List<String> words) {
        return words.stream()
                .map(word -> "\"" + word.replace("\\", "\\\\").replace("\"", "\\\"") + "\"")
                .collect(Collectors.joining(","));
    }
}
