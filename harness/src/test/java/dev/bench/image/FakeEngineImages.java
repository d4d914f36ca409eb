package dev.bench.image;

import dev.bench.workload.ImageSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Keeps the archives that it was given, by ID and tag, and notes what it was asked. */
final class FakeEngineImages implements EngineImages {
    final List<String> calls = new ArrayList<>();
    final Map<String, String> ids = new HashMap<>();
    final Map<String, byte[]> archives = new HashMap<>();
    final Map<String, byte[]> registry = new HashMap<>();

    @Override
    public boolean has(String reference) {
        return ids.containsKey(reference);
    }

    @Override
    public String id(String reference) throws IOException {
        String id = ids.get(reference);
        if (id == null) {
            throw new IOException("no such image: " + reference);
        }
        return id;
    }

    @Override
    public void pull(String reference) throws IOException {
        calls.add("pull " + reference);
        byte[] archive = registry.get(reference);
        if (archive == null) {
            throw new IOException("cannot pull " + reference + ": not found");
        }
        tag(add(archive), reference);
    }

    @Override
    public String build(Path contextDirectory, ImageSource.Dockerfile.Recipe recipe, String tag) throws IOException {
        calls.add("build " + contextDirectory);
        String id = add(Files.readAllBytes(contextDirectory.resolve("built.tar")));
        tag(id, tag);
        return id;
    }

    @Override
    public void save(String reference, Path archive) throws IOException {
        calls.add("save");
        Files.write(archive, archives.getOrDefault(id(reference), new byte[0]));
    }

    @Override
    public void load(Path archive) throws IOException {
        calls.add("load");
        add(Files.readAllBytes(archive));
    }

    @Override
    public void tag(String reference, String newReference) throws IOException {
        calls.add("tag " + newReference);
        ids.put(newReference, id(reference));
    }

    private String add(byte[] archive) throws IOException {
        Path directory = Files.createTempDirectory("fake-engine");
        Path file = Files.write(directory.resolve("archive.tar"), archive);
        try (ImageArchive image = ImageArchive.open(file, directory)) {
            String id = "sha256:" + image.configDigest();
            ids.put(id, id);
            archives.put(id, archive);
            return id;
        } finally {
            PosixFiles.removeTree(PosixFiles.byteString(directory));
        }
    }
}
