package dev.bench.registry;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bench.host.FileTrees;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Stores files in a real registry, of the package docker-registry, and fetches them. */
class StoredFileIT {
    private static final int CHUNK = StoredFile.Form.CHUNK_BYTES;

    @TempDir
    private Path directory;

    private Process registry;
    private String server;

    @BeforeEach
    void startRegistry() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        server = "127.0.0.1:" + port;
        Path configuration = directory.resolve("registry.yml");
        Files.writeString(
                configuration,
                "version: 0.1\nstorage: {filesystem: {rootdirectory: \"%s\"}}\nhttp: {addr: \"%s\"}\n"
                        .formatted(directory.resolve("storage"), server));
        registry = new ProcessBuilder(Registry.PROGRAM, "serve", configuration.toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("log").toFile())
                .start();
        while (!listens(port)) {
            assertTrue(registry.isAlive(), Files.readString(directory.resolve("log")));
            Thread.sleep(20);
        }
    }

    private static boolean listens(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    @AfterEach
    void endRegistry() throws InterruptedException {
        registry.destroyForcibly().waitFor();
    }

    private StoredFile stored(StoredFile.Form form) throws IOException {
        return new StoredFile(
                new RegistryClient(server, "bench/" + form.label()),
                form,
                Files.createDirectories(directory.resolve("scratch")));
    }

    /** A chunk and a half of noise, a chunk of zeros, half a chunk of noise. */
    private static byte[] content() {
        byte[] bytes = new byte[3 * CHUNK];
        new Random(1).nextBytes(bytes);
        for (int i = 3 * CHUNK / 2; i < 5 * CHUNK / 2; i++) {
            bytes[i] = 0;
        }
        return bytes;
    }

    @ParameterizedTest
    @EnumSource(StoredFile.Form.class)
    void givesBackEveryVersionThatWasStored(StoredFile.Form form) throws IOException {
        StoredFile stored = stored(form);
        byte[] first = content();
        byte[] second = first.clone();
        second[0]++;
        // What was noise becomes zeros, and the other way round; the file becomes longer.
        for (int i = 0; i < CHUNK; i++) {
            second[CHUNK + i] = 0;
        }
        second[2 * CHUNK + 1] = 1;
        second = Arrays.copyOf(second, 4 * CHUNK);
        Path before = Files.write(directory.resolve("before"), first);
        Path now = Files.write(directory.resolve("now"), second);

        stored.push(before, "1");
        StoredFile.Version one = stored.pull("1", null, directory.resolve("one"));
        assertArrayEquals(first, Files.readAllBytes(one.file()));
        stored.push(now, "2");
        StoredFile.Version two = stored.pull("2", one, directory.resolve("two"));

        assertArrayEquals(second, Files.readAllBytes(two.file()));
        assertArrayEquals(first, Files.readAllBytes(one.file()), "an instance may run on it");
        assertSame(two, stored.pull("2", two, directory.resolve("three")));
        try (var left = Files.list(directory.resolve("scratch"))) {
            assertEquals(List.of(), left.toList());
        }
    }

    @Test
    void movesOnlyTheChunksThatAreNew() throws IOException {
        StoredFile stored = stored(StoredFile.Form.CHUNKS);
        byte[] bytes = content();
        stored.push(Files.write(directory.resolve("before"), bytes), "1");
        StoredFile.Version one = stored.pull("1", null, directory.resolve("one"));
        long atFirst = FileTrees.allocatedBytes(List.of(directory.resolve("storage")));
        bytes[7]++;
        stored.push(Files.write(directory.resolve("now"), bytes), "2");
        long then = FileTrees.allocatedBytes(List.of(directory.resolve("storage")));

        FileManifest before = FileManifest.parse(one.manifest());
        FileManifest now = FileManifest.parse(
                stored.pull("2", one, directory.resolve("two")).manifest());
        assertEquals(List.of(0L, (long) CHUNK, 2L * CHUNK), offsets(before.chunks()));
        assertEquals(List.of(0L), offsets(now.without(before)));
        assertTrue(then - atFirst < 2L * CHUNK, then + " after " + atFirst);
        assertNotEquals(atFirst, then);
    }

    private static List<Long> offsets(List<FileManifest.Chunk> chunks) {
        return chunks.stream().map(FileManifest.Chunk::offset).toList();
    }

    @Test
    void saysWhatIsNotThereAndWhoDoesNotAnswer() throws Exception {
        StoredFile stored = stored(StoredFile.Form.WHOLE);
        RegistryException absent =
                assertThrows(RegistryException.class, () -> stored.pull("9", null, directory.resolve("none")));
        assertEquals("the registry has no version 9", absent.getMessage());
        Path file = Files.write(directory.resolve("file"), content());
        endRegistry();
        RegistryException silent = assertThrows(RegistryException.class, () -> stored.push(file, "1"));
        assertEquals("no registry answers at " + server, silent.getMessage());
    }
}
