package dev.bench.image.origin;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bench.host.Sha256;
import dev.bench.image.ArchiveWriter;
import dev.bench.image.ExternalTool;
import dev.bench.image.FileLayer;
import dev.bench.image.ImageTag;
import dev.bench.image.RuntimeEnvironment;
import dev.bench.workload.ImageSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Builds images of Debian with {@code mmdebstrap}: the packages that a suite calls essential, apt, and the wanted ones.
 *
 * <p>The mirrors are those that {@code mmdebstrap} itself takes for the suite. Two builds from the same packages give the
 * same image: times are clamped to {@link #EPOCH_SECONDS}.
 */
final class DebianBuilder {
    /** Counts changes of this class that change what it builds, so that no older result is taken for it. */
    static final int VERSION = 1;

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long EPOCH_SECONDS = 1_700_000_000L;
    private static final Duration TIMEOUT = Duration.ofMinutes(20);

    private DebianBuilder() {}

    /**
     * Returns a string that is equal for two sources if and only if they ask for the same image.
     *
     * @throws IOException if the directory of files cannot be read
     */
    static String key(ImageSource.Debian source) throws IOException {
        return "debian " + VERSION + " " + source.suite() + " " + new TreeSet<>(source.packages()) + " "
                + (source.files() == null ? "-" : FileLayer.digest(source.files()));
    }

    /**
     * Builds an image.
     *
     * @param archive file to write, in {@code docker save} format
     * @param scratch directory for the build, which apt's own user may enter
     * @throws IOException if the suite or a package does not exist, or the mirror cannot be reached
     */
    static void build(ImageSource.Debian source, Path archive, Path scratch) throws IOException {
        if (!source.suite().matches("[a-z][a-z0-9-]*")) {
            throw new IOException("'" + source.suite() + "' is no name of a Debian suite; such as bookworm is");
        }
        for (String name : source.packages()) {
            if (!name.matches("[a-z0-9][a-z0-9+.-]+(:[a-z0-9]+)?")) {
                throw new IOException("'" + name + "' is no name of a Debian package; such as nginx-light is");
            }
        }
        Path layer = scratch.resolve("layer.tar");
        List<String> argv = new ArrayList<>(List.of("mmdebstrap", "--variant=minbase", "--format=tar"));
        if (!source.packages().isEmpty()) {
            argv.add("--include=" + String.join(",", new TreeSet<>(source.packages())));
        }
        argv.add(source.suite());
        argv.add(layer.toString());
        ExternalTool.run(
                "mmdebstrap",
                TIMEOUT,
                Map.of("SOURCE_DATE_EPOCH", Long.toString(EPOCH_SECONDS), "TMPDIR", scratch.toString(), "LC_ALL", "C"),
                argv);
        Path files = source.files();
        if (files != null) {
            FileLayer.append(files, layer, EPOCH_SECONDS);
        }
        byte[] config = config(source, layer);
        ArchiveWriter.write(archive, config, List.of(ArchiveWriter.Layer.of(layer)), ImageTag.of(config));
        Files.delete(layer);
    }

    private static byte[] config(ImageSource.Debian source, Path layer) throws IOException {
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("created", Instant.ofEpochSecond(EPOCH_SECONDS).toString());
        String architecture = System.getProperty("os.arch");
        config.put("architecture", architecture.equals("aarch64") ? "arm64" : architecture);
        config.put("os", "linux");
        config.put(
                "config",
                Map.of("Env", List.of("PATH=" + RuntimeEnvironment.DEFAULT_PATH), "Cmd", List.of("/bin/bash")));
        config.put("rootfs", orderedMap("type", "layers", "diff_ids", List.of("sha256:" + Sha256.of(layer))));
        config.put(
                "history",
                List.of(orderedMap(
                        "created",
                        Instant.ofEpochSecond(EPOCH_SECONDS).toString(),
                        "created_by",
                        "bench: Debian " + source.suite() + " with " + new TreeSet<>(source.packages()))));
        return JSON.writeValueAsBytes(config);
    }

    private static Map<String, Object> orderedMap(String key1, Object value1, String key2, Object value2) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put(key1, value1);
        map.put(key2, value2);
        return map;
    }
}
