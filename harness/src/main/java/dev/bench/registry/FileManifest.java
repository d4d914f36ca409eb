package dev.bench.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Says what chunks a file is made of that a registry stores, as the layers of an OCI image manifest (OCI Image
 * Specification 1.0); between them the file holds zeros.
 *
 * @param bytes length of the file
 * @param chunks in their order within the file
 */
record FileManifest(long bytes, List<Chunk> chunks) {
    /** A file of no bytes. */
    static final FileManifest NOTHING = new FileManifest(0, List.of());

    private static final String MEDIA_TYPE = "application/vnd.oci.image.manifest.v1+json";
    private static final String CHUNK_TYPE = "application/octet-stream";
    private static final String BYTES = "dev.bench.bytes";
    private static final String OFFSET = "dev.bench.offset";
    private static final String CONTENT = "dev.bench.content";
    private static final ObjectMapper JSON = new ObjectMapper();

    FileManifest {
        chunks = List.copyOf(chunks);
    }

    /**
     * Is one chunk.
     *
     * @param offset where in the file it begins
     * @param content SHA-256 of what the file holds there, hexadecimal
     * @param blob digest of the blob that it is stored as
     * @param blobBytes length of that blob
     */
    record Chunk(long offset, String content, String blob, long blobBytes) {}

    /**
     * Returns it as it is stored.
     *
     * @param config digest of the blob that stands for a configuration
     */
    byte[] json(String config, int configBytes) throws JsonProcessingException {
        ObjectNode manifest = JSON.createObjectNode().put("schemaVersion", 2).put("mediaType", MEDIA_TYPE);
        manifest.putObject("config")
                .put("mediaType", CHUNK_TYPE)
                .put("digest", config)
                .put("size", configBytes);
        var layers = manifest.putArray("layers");
        for (Chunk chunk : chunks) {
            layers.addObject()
                    .put("mediaType", CHUNK_TYPE)
                    .put("digest", chunk.blob())
                    .put("size", chunk.blobBytes())
                    .putObject("annotations")
                    .put(OFFSET, Long.toString(chunk.offset()))
                    .put(CONTENT, chunk.content());
        }
        manifest.putObject("annotations").put(BYTES, Long.toString(bytes));
        return JSON.writeValueAsBytes(manifest);
    }

    /** Reads what {@link #json} has written. */
    static FileManifest parse(byte[] json) throws IOException {
        JsonNode manifest = JSON.readTree(json);
        List<Chunk> chunks = new ArrayList<>();
        for (JsonNode layer : manifest.path("layers")) {
            JsonNode annotations = layer.path("annotations");
            chunks.add(new Chunk(
                    annotations.path(OFFSET).asLong(),
                    annotations.path(CONTENT).asText(),
                    layer.path("digest").asText(),
                    layer.path("size").asLong()));
        }
        return new FileManifest(manifest.path("annotations").path(BYTES).asLong(), chunks);
    }

    /** Returns the chunks that another file does not have at their places. */
    List<Chunk> without(FileManifest other) {
        Map<Long, String> known = other.chunks.stream().collect(Collectors.toMap(Chunk::offset, Chunk::content));
        return chunks.stream()
                .filter(chunk -> !chunk.content().equals(known.get(chunk.offset())))
                .toList();
    }
}
