package dev.bench.image;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bench.host.Sha256;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** Writes images in the form that every engine loads: {@code docker save} format, layers uncompressed. */
public final class ArchiveWriter {
    private static final int BUFFER_BYTES = 256 << 10;
    private static final ObjectMapper JSON = new ObjectMapper();

    private ArchiveWriter() {}

    /**
     * A layer to write.
     *
     * @param size of the content in bytes
     * @param content uncompressed tar
     */
    public record Layer(long size, Opener content) {
        /** Returns the layer that a file holds. */
        public static Layer of(Path file) throws IOException {
            return new Layer(Files.size(file), () -> Files.newInputStream(file));
        }
    }

    /** Opens a layer's content. */
    public interface Opener {
        InputStream open() throws IOException;
    }

    /**
     * Writes an archive with one image.
     *
     * @param config the image's configuration, byte for byte
     * @param layers lowest first
     * @param tag the reference that loading gives the image; the archive carries no other, so that loading it never
     *     moves a tag of someone else's
     */
    public static void write(Path archive, byte[] config, List<Layer> layers, String tag) throws IOException {
        String configName = Sha256.of(config) + ".json";
        List<String> layerNames = new ArrayList<>();
        for (int i = 0; i < layers.size(); i++) {
            layerNames.add("layer-" + i + ".tar");
        }
        byte[] manifest = JSON.writeValueAsBytes(
                List.of(Map.of("Config", configName, "RepoTags", List.of(tag), "Layers", layerNames)));
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(archive), BUFFER_BYTES);
                TarArchiveOutputStream tar = new TarArchiveOutputStream(out, UTF_8.name())) {
            tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
            put(tar, configName, config);
            put(tar, "manifest.json", manifest);
            for (int i = 0; i < layers.size(); i++) {
                TarArchiveEntry entry = new TarArchiveEntry(layerNames.get(i));
                entry.setSize(layers.get(i).size());
                tar.putArchiveEntry(entry);
                try (InputStream in = layers.get(i).content().open()) {
                    byte[] buffer = new byte[BUFFER_BYTES];
                    for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                        tar.write(buffer, 0, count);
                    }
                }
                tar.closeArchiveEntry();
            }
        }
    }

    private static void put(TarArchiveOutputStream tar, String name, byte[] content) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setSize(content.length);
        tar.putArchiveEntry(entry);
        tar.write(content);
        tar.closeArchiveEntry();
    }
}
