package dev.bench.image;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bench.result.ImageLayer;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads what the layers of an image hold, and which instruction made each. */
final class ImageLayers {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** How an engine writes down what was run, before the command itself. */
    private static final String SHELL = "/bin/sh -c ";

    private static final String NO_RUN = "#(nop) ";

    private ImageLayers() {}

    /**
     * Returns the layers of an image in the cache, lowest first. They are read once and kept beside it: an image does not
     * change.
     *
     * @param scratch directory for an uncompressed form of the archive
     */
    static List<ImageLayer> of(ImageFiles files, Path scratch) throws IOException {
        if (Files.exists(files.layers())) {
            return JSON.readValue(files.layers().toFile(), new TypeReference<List<ImageLayer>>() {});
        }
        List<ImageLayer> layers = read(files.archive(), scratch);
        Path complete = Files.createTempFile(files.directory(), "layers", ".json");
        JSON.writeValue(complete.toFile(), layers);
        Files.move(complete, files.layers());
        return layers;
    }

    static List<ImageLayer> read(Path archive, Path scratch) throws IOException {
        List<ImageLayer> layers = new ArrayList<>();
        try (ImageArchive image = ImageArchive.open(archive, scratch)) {
            List<String> instructions = instructions(JSON.readTree(image.config()));
            for (int i = 0; i < image.layerCount(); i++) {
                // A history that does not go with the layers says nothing of any.
                String instruction = instructions.size() == image.layerCount() ? instructions.get(i) : "";
                try (InputStream in = new BufferedInputStream(image.layer(i))) {
                    layers.add(layer(instruction, new TarReader(in)));
                }
            }
        }
        return layers;
    }

    private static ImageLayer layer(String instruction, TarReader tar) throws IOException {
        long bytes = 0;
        int files = 0;
        for (TarReader.Entry entry = tar.next(); entry != null; entry = tar.next()) {
            String name = entry.name().substring(entry.name().lastIndexOf('/') + 1);
            if (entry.type() != '5' && !name.startsWith(".wh.")) {
                files++;
                bytes += entry.size();
            }
        }
        return new ImageLayer(instruction, bytes, files);
    }

    /** Returns what made each layer, as it would stand in a Dockerfile. */
    private static List<String> instructions(JsonNode config) {
        List<String> instructions = new ArrayList<>();
        for (JsonNode step : config.path("history")) {
            if (!step.path("empty_layer").asBoolean()) {
                instructions.add(instruction(step.path("created_by").asText("")));
            }
        }
        return instructions;
    }

    private static String instruction(String createdBy) {
        String text = createdBy.replaceFirst(" # buildkit$", "").strip();
        if (!text.startsWith(SHELL)) {
            return text;
        }
        String command = text.substring(SHELL.length()).strip();
        return command.startsWith(NO_RUN) ? command.substring(NO_RUN.length()).strip() : "RUN " + command;
    }
}
