package dev.bench.registry;

import dev.bench.guest.Zstd;
import dev.bench.host.FileTrees;
import dev.bench.host.Sha256;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Stores a file in a registry and fetches it from there, version after version, whole or in chunks of one
 * size. Of chunks only those are sent that the version before does not have at their places, and only those are fetched
 * that an earlier version here does not have. Used by one thread at a time, whose interrupt ends it.
 */
public final class StoredFile {
    private static final byte[] CONFIG = "{}".getBytes(StandardCharsets.US_ASCII);
    private static final int BUFFER = 1 << 18;

    /** Requests at the same time, between what a container engine sends at once and what it fetches. */
    private static final int STREAMS = 4;

    private final RegistryClient registry;
    private final Form form;
    private final Path scratch;
    private FileManifest stored = FileManifest.NOTHING;

    /** Says in what form a file is stored. */
    public enum Form {
        /** As it is. */
        WHOLE,
        /** In one piece, compressed. */
        ZSTD,
        /** In chunks of {@link #CHUNK_BYTES}, each compressed; those of zeros only are left out. */
        CHUNKS;

        /** The length of a chunk: a few clusters of a disk. */
        public static final int CHUNK_BYTES = 256 << 10;

        /** Returns the word that stands for it. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** Returns the words that stand for all of them. */
        public static List<String> labels() {
            return Arrays.stream(values()).map(Form::label).toList();
        }

        /** Returns the form of a word; of one that is none of {@link #labels} there is none. */
        public static Form of(String label) {
            return valueOf(label.toUpperCase(Locale.ROOT));
        }
    }

    /**
     * Is a version that was fetched.
     *
     * @param manifest what the registry says of it
     * @param file holds it
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record Version(byte[] manifest, Path file) {}

    /**
     * Creates it; nothing is asked yet.
     *
     * @param scratch directory for what is compressed, which exists
     */
    public StoredFile(RegistryClient registry, Form form, Path scratch) {
        this.registry = registry;
        this.form = form;
        this.scratch = scratch;
    }

    /** Forgets what has been stored, so that the next version is sent as a first one. */
    public void forget() {
        stored = FileManifest.NOTHING;
    }

    /** Stores a version under a tag. */
    public void push(Path file, String tag) throws IOException {
        long bytes = Files.size(file);
        Map<String, FileManifest.Chunk> known = new HashMap<>();
        stored.chunks().forEach(chunk -> known.put(chunk.content(), chunk));
        long step = form == Form.CHUNKS ? Form.CHUNK_BYTES : Math.max(bytes, 1);
        List<Callable<Optional<FileManifest.Chunk>>> work = new ArrayList<>();
        for (long offset = 0; offset < bytes; offset += step) {
            long from = offset;
            work.add(() -> push(file, from, Math.min(step, bytes - from), known));
        }
        List<FileManifest.Chunk> chunks =
                all(work).stream().flatMap(Optional::stream).toList();
        String config = "sha256:" + Sha256.of(CONFIG);
        if (!registry.hasBlob(config)) {
            registry.putBlob(config, CONFIG);
        }
        FileManifest manifest = new FileManifest(bytes, chunks);
        registry.putManifest(tag, manifest.json(config, CONFIG.length));
        stored = manifest;
    }

    /** Stores a chunk where it is not stored yet; empty where it holds nothing but zeros. */
    private Optional<FileManifest.Chunk> push(
            Path file, long offset, long length, Map<String, FileManifest.Chunk> known) throws IOException {
        String content = form == Form.CHUNKS ? contentUnlessZero(file, offset, (int) length) : Sha256.of(file);
        if (content == null) {
            return Optional.empty();
        }
        FileManifest.Chunk same = known.get(content);
        if (same != null) {
            return Optional.of(new FileManifest.Chunk(offset, content, same.blob(), same.blobBytes()));
        }
        if (form == Form.WHOLE) {
            String blob = "sha256:" + content;
            registry.putBlob(blob, file);
            return Optional.of(new FileManifest.Chunk(offset, content, blob, length));
        }
        Path packed = scratch.resolve("chunk-" + offset + ".zst");
        try {
            pack(file, offset, length, packed);
            String blob = "sha256:" + Sha256.of(packed);
            registry.putBlob(blob, packed);
            return Optional.of(new FileManifest.Chunk(offset, content, blob, Files.size(packed)));
        } finally {
            Files.deleteIfExists(packed);
        }
    }

    private static @Nullable String contentUnlessZero(Path file, long offset, int length) throws IOException {
        byte[] bytes = new byte[length];
        try (RandomAccessFile input = new RandomAccessFile(file.toFile(), "r")) {
            input.seek(offset);
            input.readFully(bytes);
        }
        for (byte each : bytes) {
            if (each != 0) {
                return Sha256.of(bytes);
            }
        }
        return null;
    }

    private static void pack(Path file, long offset, long length, Path packed) throws IOException {
        byte[] buffer = new byte[BUFFER];
        try (RandomAccessFile input = new RandomAccessFile(file.toFile(), "r");
                OutputStream output = Zstd.compress(new BufferedOutputStream(Files.newOutputStream(packed), BUFFER))) {
            input.seek(offset);
            for (long left = length; left > 0; ) {
                int count = input.read(buffer, 0, (int) Math.min(left, buffer.length));
                if (count < 0) {
                    throw new IOException(file + " has become shorter");
                }
                output.write(buffer, 0, count);
                left -= count;
            }
        }
    }

    /**
     * Fetches the version of a tag.
     *
     * @param known an earlier version that is here already, whose file stays as it is; null for none
     * @param file to write where the version is another one; must not exist
     * @return the version, which is {@code known} where that is the one of the tag
     * @throws RegistryException where nothing is stored, or not what was
     */
    public Version pull(String tag, @Nullable Version known, Path file) throws IOException {
        byte[] json =
                registry.manifest(tag).orElseThrow(() -> new RegistryException("the registry has no version " + tag));
        if (known != null && Arrays.equals(json, known.manifest())) {
            return known;
        }
        FileManifest manifest = FileManifest.parse(json);
        FileManifest here = FileManifest.NOTHING;
        if (known != null && form == Form.CHUNKS) {
            here = FileManifest.parse(known.manifest());
            FileTrees.copySparsely(known.file(), file);
        }
        try (RandomAccessFile output = new RandomAccessFile(file.toFile(), "rw")) {
            output.setLength(manifest.bytes());
            FileChannel channel = output.getChannel();
            clear(channel, here, manifest);
            List<Callable<Long>> work = new ArrayList<>();
            for (FileManifest.Chunk chunk : manifest.without(here)) {
                work.add(() -> fetch(chunk, channel));
            }
            all(work);
        }
        return new Version(json, file);
    }

    /** Writes zeros where a chunk was and is none any more. */
    private static void clear(FileChannel channel, FileManifest before, FileManifest now) throws IOException {
        List<Long> offsets =
                now.chunks().stream().map(FileManifest.Chunk::offset).toList();
        for (FileManifest.Chunk chunk : before.chunks()) {
            if (!offsets.contains(chunk.offset()) && chunk.offset() < now.bytes()) {
                int length = (int) Math.min(Form.CHUNK_BYTES, now.bytes() - chunk.offset());
                write(channel, new byte[length], length, chunk.offset());
            }
        }
    }

    /** Fetches a chunk, and returns where it ends. */
    private long fetch(FileManifest.Chunk chunk, FileChannel channel) throws IOException {
        MessageDigest digest = Sha256.begin();
        byte[] buffer = new byte[BUFFER];
        long at = chunk.offset();
        try (InputStream blob = registry.blob(chunk.blob());
                InputStream input = form == Form.WHOLE ? blob : Zstd.unpack(blob)) {
            for (int count = input.read(buffer); count >= 0; count = input.read(buffer)) {
                digest.update(buffer, 0, count);
                write(channel, buffer, count, at);
                at += count;
            }
        }
        if (!HexFormat.of().formatHex(digest.digest()).equals(chunk.content())) {
            throw new RegistryException("the registry gave something else than what was stored as " + chunk.blob());
        }
        return at;
    }

    private static void write(FileChannel channel, byte[] bytes, int count, long offset) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes, 0, count);
        while (buffer.hasRemaining()) {
            channel.write(buffer, offset + buffer.position());
        }
    }

    /** Does all of some work, a few at a time, and returns what it yields in its order. */
    private static <T> List<T> all(List<Callable<T>> work) throws IOException {
        ExecutorService streams = Executors.newFixedThreadPool(STREAMS);
        try {
            List<Future<T>> begun = new ArrayList<>();
            work.forEach(each -> begun.add(streams.submit(each)));
            List<T> done = new ArrayList<>();
            for (Future<T> each : begun) {
                done.add(each.get());
            }
            return done;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for the registry");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException failed) {
                throw failed;
            }
            throw new IllegalStateException(e.getCause());
        } finally {
            streams.shutdownNow();
        }
    }
}
