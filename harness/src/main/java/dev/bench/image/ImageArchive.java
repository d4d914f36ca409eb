package dev.bench.image;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bench.host.Sha256;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.commons.compress.compressors.CompressorException;
import org.apache.commons.compress.compressors.CompressorStreamFactory;
import org.jspecify.annotations.Nullable;

/**
 * Reads an image out of an archive: {@code docker save} output or an OCI image layout, plain or compressed, or a layout
 * as a directory.
 *
 * <p>Format: <a href="https://github.com/opencontainers/image-spec/blob/main/image-layout.md">OCI image layout</a> and
 * the {@code manifest.json} of {@code docker save}. For use by one thread at a time.
 */
public final class ImageArchive implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int DEEPEST_INDEX = 4;
    private static final int LARGEST_JSON = 16 << 20;
    private static final int BUFFER_BYTES = 256 << 10;
    private static final int MOST_LAYERS = 1000; // engines take 125 to 500
    private static final int MAGIC_BYTES = 6;

    /** What decompressing may take of the heap; that of zstd is bounded by the library. */
    static final int DECOMPRESSION_MEBIBYTES = 70;

    private final @Nullable FileChannel channel;
    private final Map<String, Member> members;
    private final byte[] config;
    private final List<String> layers;
    private final UnpackingLimit limit;

    /** Where a member is: in the archive at an offset, or in a file of its own. */
    private record Member(long offset, long size, @Nullable Path file) {}

    private ImageArchive(
            @Nullable FileChannel channel,
            Map<String, Member> members,
            UnpackingLimit limit,
            byte[] config,
            List<String> layers) {
        this.channel = channel;
        this.members = members;
        this.limit = limit;
        this.config = config;
        this.layers = layers;
    }

    /**
     * Opens an archive.
     *
     * @param file the archive, or a directory in OCI layout
     * @param scratch directory for the archive's uncompressed form, if it is compressed
     * @throws IOException if it is no image archive, is damaged, or holds other than one image for this machine
     */
    public static ImageArchive open(Path file, Path scratch) throws IOException {
        if (Files.isDirectory(file)) {
            Map<String, Member> members = directoryMembers(file);
            long size = members.values().stream().mapToLong(Member::size).sum();
            return parsed(null, members, new UnpackingLimit(size));
        }
        Path plain = file;
        if (compression(file) != null) {
            plain = scratch.resolve("uncompressed.tar");
            UnpackingLimit limit = new UnpackingLimit(Files.size(file));
            try (InputStream in = limit.counted(decompressed(Files.newInputStream(file)));
                    OutputStream out = Files.newOutputStream(plain)) {
                in.transferTo(out);
            }
        }
        FileChannel channel = FileChannel.open(plain);
        try {
            return parsed(channel, archiveMembers(channel), new UnpackingLimit(Files.size(file)));
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** Tells whether a file has to be decompressed before anything can be read of it. */
    public static boolean isCompressed(Path file) throws IOException {
        return !Files.isDirectory(file) && compression(file) != null;
    }

    /**
     * Returns the digests of the uncompressed layers that the configuration names, lowest first; empty where it names
     * none, which some writers leave out.
     *
     * @throws IOException if it names another number of them than there are layers
     */
    List<String> layerDigests() throws IOException {
        List<String> digests = new ArrayList<>();
        JSON.readTree(config).path("rootfs").path("diff_ids").forEach(digest -> digests.add(digest.asText()));
        if (!digests.isEmpty() && digests.size() != layers.size()) {
            throw new IOException("it has " + layers.size() + " layers, and its configuration names " + digests.size());
        }
        return digests;
    }

    /** Returns the configuration byte for byte; its digest is the image's identity. */
    byte[] config() {
        return config.clone();
    }

    /** Returns the SHA-256 of the configuration, in hexadecimal. */
    public String configDigest() {
        return Sha256.of(config);
    }

    /** Returns the number of layers. */
    int layerCount() {
        return layers.size();
    }

    /**
     * Opens a layer as an uncompressed tar.
     *
     * @param index 0 for the lowest
     */
    InputStream layer(int index) throws IOException {
        return limit.counted(decompressed(stream(layers.get(index))));
    }

    /** Returns what counts all that is read of the layers. */
    UnpackingLimit limit() {
        return limit;
    }

    /**
     * Returns the layers as uncompressed tars of known size, lowest first.
     *
     * @param scratch directory for the uncompressed form of those that are compressed
     */
    List<ArchiveWriter.Layer> layers(Path scratch) throws IOException {
        List<ArchiveWriter.Layer> plain = new ArrayList<>();
        for (int i = 0; i < layers.size(); i++) {
            String name = layers.get(i);
            String compression;
            try (InputStream in = stream(name)) {
                compression = compression(in.readNBytes(MAGIC_BYTES));
            }
            if (compression == null) {
                plain.add(new ArchiveWriter.Layer(member(name).size(), () -> limit.counted(stream(name))));
                continue;
            }
            Path file = scratch.resolve("uncompressed-layer-" + i + ".tar");
            try (InputStream in = layer(i);
                    OutputStream out = Files.newOutputStream(file)) {
                in.transferTo(out);
            }
            plain.add(ArchiveWriter.Layer.of(file));
        }
        return plain;
    }

    @Override
    public void close() throws IOException {
        if (channel != null) {
            channel.close();
        }
    }

    /** Returns a stream of a gzip, bzip2, zstd, xz or plain stream's content: what engines take. */
    private static InputStream decompressed(InputStream in) throws IOException {
        InputStream buffered = new BufferedInputStream(in, BUFFER_BYTES);
        try {
            buffered.mark(16);
            String name = compression(buffered.readNBytes(MAGIC_BYTES));
            buffered.reset();
            return name == null
                    ? buffered
                    : new BufferedInputStream(
                            new CompressorStreamFactory(true, DECOMPRESSION_MEBIBYTES << 10)
                                    .createCompressorInputStream(name, buffered),
                            BUFFER_BYTES);
        } catch (CompressorException e) {
            buffered.close();
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new IOException("it cannot be decompressed: " + cause.getMessage(), e);
        } catch (IOException e) {
            buffered.close();
            throw e;
        }
    }

    private static @Nullable String compression(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return compression(in.readNBytes(MAGIC_BYTES));
        }
    }

    private static @Nullable String compression(byte[] start) {
        String magic = new String(start, ISO_8859_1);
        if (magic.startsWith("\u001f\u008b")) {
            return CompressorStreamFactory.GZIP;
        }
        // A frame, or one to be skipped, with which parallel writers begin.
        if (magic.startsWith("\u0028\u00b5\u002f\u00fd") || magic.matches("(?s)[\\x50-\\x5f]\\x2a\\x4d\\x18.*")) {
            return CompressorStreamFactory.ZSTANDARD;
        }
        if (magic.matches("(?s)BZh[1-9].*")) {
            return CompressorStreamFactory.BZIP2;
        }
        return magic.startsWith("\u00fd7zXZ") ? CompressorStreamFactory.XZ : null;
    }

    /** Lists the files at the places that a layout has them at; any of them, and any directory, may be a link. */
    private static Map<String, Member> directoryMembers(Path directory) throws IOException {
        Map<String, Member> members = new HashMap<>();
        List<Path> places = new ArrayList<>(List.of(directory));
        Path blobs = directory.resolve("blobs");
        if (Files.isDirectory(blobs)) {
            try (DirectoryStream<Path> algorithms = Files.newDirectoryStream(blobs, Files::isDirectory)) {
                algorithms.forEach(places::add);
            }
        }
        for (Path place : places) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(place, Files::isRegularFile)) {
                for (Path file : files) {
                    members.put(directory.relativize(file).toString(), new Member(0, Files.size(file), file));
                }
            }
        }
        return members;
    }

    private static Map<String, Member> archiveMembers(FileChannel channel) throws IOException {
        Map<String, Member> members = new HashMap<>();
        Map<String, String> links = new HashMap<>();
        TarReader reader = new TarReader(new ChannelStream(channel, 0, channel.size()));
        for (TarReader.Entry entry = reader.next(); entry != null; entry = reader.next()) {
            String name = normal("", entry.name());
            switch (entry.type()) {
                case '0' -> members.put(name, new Member(entry.dataOffset(), entry.size(), null));
                case '1' -> links.put(name, normal("", entry.linkName()));
                // older engines write a layer once and point at it from every image that has it
                case '2' -> links.put(name, normal(name.substring(0, name.lastIndexOf('/') + 1), entry.linkName()));
                default -> {
                    // directories say nothing
                }
            }
        }
        links.forEach((name, target) -> {
            Member member = members.get(target);
            if (member != null) {
                members.put(name, member);
            }
        });
        return members;
    }

    /** Returns where a byte string of a path leads from a directory, as if the archive's top were the root directory. */
    private static String normal(String from, String path) {
        Deque<String> parts = new ArrayDeque<>();
        for (String part : (path.startsWith("/") ? path : from + path).split("/")) {
            if (part.equals("..")) {
                parts.pollLast();
            } else if (!part.isEmpty() && !part.equals(".")) {
                parts.add(part);
            }
        }
        return String.join("/", parts);
    }

    private static ImageArchive parsed(@Nullable FileChannel channel, Map<String, Member> members, UnpackingLimit limit)
            throws IOException {
        ImageArchive unparsed = new ImageArchive(channel, members, limit, new byte[0], List.of());
        ImageArchive parsed;
        if (members.containsKey("manifest.json")) {
            parsed = unparsed.parseDocker();
        } else if (members.containsKey("index.json")) {
            parsed = unparsed.parseLayout();
        } else {
            throw new IOException(
                    "it is neither 'docker save' output (no manifest.json) nor an OCI layout (no index.json)"
                            + lookalike(members));
        }
        JsonNode config = parsed("with the configuration", parsed.config);
        if (!config.isObject()) {
            throw new IOException("its configuration is no JSON object");
        }
        if (!ImagePlatform.isLinux(config)) {
            throw new IOException(
                    "it is an image for " + ImagePlatform.shown(config) + ", and this host is linux/" + architecture());
        }
        if (parsed.layers.size() > MOST_LAYERS) {
            throw new IOException(
                    "it has " + parsed.layers.size() + " layers, and at most " + MOST_LAYERS + " are taken");
        }
        return parsed;
    }

    /** Says what an archive without a description of images looks like instead; nothing where that cannot be told. */
    private static String lookalike(Map<String, Member> members) {
        if (members.isEmpty()) {
            return ", but empty";
        }
        if (members.containsKey("repositories")) {
            return ", but of a Docker before 1.10: load it with 'docker load', and save it again";
        }
        return members.containsKey(".dockerenv")
                ? ", but files of a container, as 'docker export' writes them: make an image of them with 'docker import', and save that"
                : "";
    }

    private ImageArchive parseDocker() throws IOException {
        JsonNode images = json("manifest.json");
        if (!images.isArray()) {
            throw new IOException("its manifest.json is no list of images");
        }
        Set<String> configs = new LinkedHashSet<>();
        images.forEach(image -> configs.add(image.path("Config").asText()));
        if (configs.size() != 1) { // one image may be listed under several tags
            List<String> tags = new ArrayList<>();
            images.forEach(image -> image.path("RepoTags").forEach(tag -> tags.add(tag.asText())));
            throw new IOException("it holds " + configs.size() + " images " + tags + ", and exactly one is needed");
        }
        List<String> layerNames = new ArrayList<>();
        images.get(0).path("Layers").forEach(layer -> layerNames.add(layer.asText()));
        return new ImageArchive(
                channel, members, limit, content(configs.iterator().next()), layerNames);
    }

    private ImageArchive parseLayout() throws IOException {
        Map<String, Candidate> manifests = new LinkedHashMap<>();
        List<String> foreign = new ArrayList<>();
        collect(json("index.json"), 0, manifests, foreign);
        if (manifests.isEmpty() && foreign.size() == 1) {
            throw new IOException(
                    "it is an image for " + foreign.get(0) + ", and this host is linux/" + architecture());
        }
        if (manifests.size() > 1 && manifests.values().stream().anyMatch(Candidate::runsEverywhere)) {
            // engines, too, take the one for every processor of the architecture
            manifests.values().removeIf(candidate -> !candidate.runsEverywhere());
        }
        if (manifests.size() != 1) {
            throw new IOException("it holds " + manifests.size() + " images for " + architecture()
                    + (foreign.isEmpty() ? "" : " (others are for " + String.join(", ", foreign) + ")")
                    + ", and exactly one is needed");
        }
        JsonNode manifest = manifests.values().iterator().next().manifest();
        byte[] configBytes = blob(manifest.path("config"));
        List<String> layerNames = new ArrayList<>();
        for (JsonNode layer : manifest.path("layers")) {
            layerNames.add(blobName(layer));
        }
        return new ImageArchive(channel, members, limit, configBytes, layerNames);
    }

    /** An image for this machine, with what its architecture is narrowed to. */
    private record Candidate(JsonNode manifest, String variant) {
        boolean runsEverywhere() {
            return List.of("", "v1", "v8").contains(variant);
        }
    }

    /** Collects the manifests of images for this machine by digest, since one may be listed under several names. */
    private void collect(JsonNode index, int depth, Map<String, Candidate> manifests, List<String> foreign)
            throws IOException {
        if (depth > DEEPEST_INDEX) {
            throw new IOException("its indexes are nested too deep");
        }
        for (JsonNode descriptor : index.path("manifests")) {
            JsonNode platform = descriptor.path("platform");
            if (isAttestation(descriptor)) {
                continue;
            }
            if (!runsHere(platform)) {
                foreign.add(ImagePlatform.shown(platform));
                continue;
            }
            JsonNode content = parsed(blobName(descriptor), blob(descriptor));
            if (content.has("manifests")) {
                collect(content, depth + 1, manifests, foreign);
            } else if (isImage(content)) {
                if (platform.path("architecture").asText("").isEmpty()) { // some writers say it in the image alone
                    JsonNode described = content.path("config");
                    platform = parsed(blobName(described), blob(described));
                }
                if (runsHere(platform)) {
                    manifests.put(
                            descriptor.path("digest").asText(),
                            new Candidate(content, platform.path("variant").asText("")));
                } else {
                    foreign.add(ImagePlatform.shown(platform));
                }
            }
        }
    }

    /** Tells whether a manifest is of an image, not of a chart, a signature or a bill of materials kept beside it. */
    private static boolean isImage(JsonNode manifest) {
        if (!manifest.path("config").path("mediaType").asText("").matches("|.*(image|container).*")) {
            return false;
        }
        JsonNode layers = manifest.path("layers");
        boolean ofFiles = layers.isEmpty();
        for (JsonNode layer : layers) {
            ofFiles |= layer.path("mediaType").asText("").matches("|.*(image|tar).*");
        }
        return ofFiles;
    }

    /** Tells whether a descriptor is of what builders say about an image beside it. */
    private static boolean isAttestation(JsonNode descriptor) {
        return descriptor.path("annotations").has("vnd.docker.reference.type")
                || descriptor.path("platform").path("architecture").asText("").equals("unknown");
    }

    private static boolean runsHere(JsonNode platform) {
        return ImagePlatform.isLinux(platform)
                && ImagePlatform.runsOn(
                        architecture(), platform.path("architecture").asText(""));
    }

    /** Returns this host's architecture as images name it. */
    static String architecture() {
        return ImagePlatform.normal(System.getProperty("os.arch"));
    }

    private byte[] blob(JsonNode descriptor) throws IOException {
        byte[] content = content(blobName(descriptor));
        String digest = digest(descriptor.path("digest").asText(), content);
        if (!digest.equals(descriptor.path("digest").asText())) {
            throw new IOException("its part " + blobName(descriptor) + " is damaged: its digest is " + digest);
        }
        return content;
    }

    /** Returns the digest of a content by the algorithm of another digest. */
    private static String digest(String stated, byte[] content) throws IOException {
        if (!stated.startsWith("sha512:")) {
            return "sha256:" + Sha256.of(content);
        }
        try {
            return "sha512:"
                    + HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-512").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IOException("this Java runtime knows no SHA-512", e);
        }
    }

    private static String blobName(JsonNode descriptor) {
        return "blobs/" + descriptor.path("digest").asText().replace(':', '/');
    }

    private JsonNode json(String name) throws IOException {
        return parsed(name, content(name));
    }

    private static JsonNode parsed(String name, byte[] content) throws IOException {
        try {
            return JSON.readTree(content);
        } catch (JsonProcessingException e) {
            JsonLocation where = e.getLocation();
            throw new IOException(
                    "its part " + name + " is damaged, no JSON"
                            + (where == null
                                    ? ""
                                    : " at line " + where.getLineNr() + ", column " + where.getColumnNr()),
                    e);
        }
    }

    private byte[] content(String name) throws IOException {
        try (InputStream in = stream(name)) {
            byte[] content = in.readNBytes(LARGEST_JSON);
            if (content.length == LARGEST_JSON) {
                throw new IOException("its part " + name + " is too long to be a description");
            }
            return content;
        }
    }

    private InputStream stream(String name) throws IOException {
        Member member = member(name);
        if (member.file() != null) {
            return Files.newInputStream(member.file());
        }
        if (channel == null) {
            throw new IllegalStateException("a member without a file needs an archive");
        }
        return new ChannelStream(channel, member.offset(), member.size());
    }

    private Member member(String name) throws IOException {
        Member member = members.get(name);
        if (member == null) {
            throw new IOException("it is incomplete: " + (name.isEmpty() ? "a name" : name) + " is missing");
        }
        return member;
    }

    /** Reads a part of a file; several may read one file by turns. */
    private static final class ChannelStream extends InputStream {
        private final FileChannel channel;
        private final long end;
        private long position;

        ChannelStream(FileChannel channel, long position, long size) {
            this.channel = channel;
            this.position = position;
            this.end = position + size;
        }

        @Override
        public int read() throws IOException {
            byte[] single = new byte[1];
            return read(single, 0, 1) < 0 ? -1 : single[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            if (position >= end || length == 0) {
                return length == 0 ? 0 : -1;
            }
            int count = channel.read(ByteBuffer.wrap(bytes, offset, (int) Math.min(length, end - position)), position);
            if (count > 0) {
                position += count;
            }
            return count;
        }

        @Override
        public long skip(long count) {
            long skipped = Math.max(0, Math.min(count, end - position));
            position += skipped;
            return skipped;
        }
    }
}
